import type { ComponentChildren } from 'preact'

/** A quiet line beside a section of a form: `<WhoSees>the Panel and its secretariat</WhoSees>`. */
export function WhoSees({ children }: { children: ComponentChildren }) {
  return (
    <p class="wv-who-sees">
      <span class="wv-who-sees__label">Who will see this:</span> {children}
    </p>
  )
}
