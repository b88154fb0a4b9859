import { render } from 'preact-render-to-string'
import { Page, type Chrome, type PageProps } from './layout.tsx'

export function renderPage(chrome: Chrome, page: PageProps): string {
  return `<!DOCTYPE html>${render(<Page chrome={chrome} {...page} />)}`
}
