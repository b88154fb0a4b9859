import type { ComponentChildren } from 'preact'
import { roles } from '../access/index.ts'
import type { FieldError } from '../errors.ts'
import {
  BackLink,
  ErrorSummary,
  Footer,
  GenericHeader,
  NotificationBanner,
  ServiceNavigation,
  SkipLink,
} from './components/index.ts'
import { assetPath } from './assets.ts'
import type { Visitor } from './visitor.ts'

export interface NavigationLink {
  text: string
  href: string
}

/** What every page of one request shares. */
export interface Chrome {
  path: string
  training: boolean
  visitor: Visitor | undefined
  navigation: readonly NavigationLink[]
  /** What anybody may read: the way on of whoever is not signed in, and at the foot of every page. */
  everybody: readonly NavigationLink[]
  notice: string | undefined
  /** On a page for everybody, which is the same for everybody: whether search engines may list it. */
  anybody?: { index: boolean }
  /** On a page opened by a link: whom the link was made for. */
  holder?: string | undefined
}

export interface PageProps {
  title: string
  /** Every problem of the form at once, each a link to its field. */
  errors?: readonly FieldError[] | undefined
  back?: { text?: string; href: string } | undefined
  /** Lists and tables take the whole width; reading and forms two thirds. */
  wide?: boolean
  children: ComponentChildren
}

export function Page({ chrome, title, errors = [], back, wide, children }: PageProps & { chrome: Chrome }) {
  const { visitor, holder } = chrome
  const links = visitor
    ? [...chrome.navigation, { text: 'Your sign-in', href: '/you' }]
    : holder === undefined && chrome.everybody.length > 0
      ? [...chrome.everybody, { text: 'Sign in', href: '/sign-in' }]
      : []
  return (
    <html lang="en-GB" class="govuk-template">
      <head>
        <meta charset="utf-8" />
        <title>{`${errors.length > 0 ? 'Error: ' : ''}${title} - Weathervane`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        {chrome.anybody?.index ? null : <meta name="robots" content="noindex" />}
        <link rel="icon" href={assetPath('favicon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetPath('weathervane.css')} />
      </head>
      <body class={wide ? 'govuk-template__body wv-wide' : 'govuk-template__body'}>
        <SkipLink text="Skip to main content" href="#main-content" />
        <header>
          <GenericHeader logoText="Weathervane" url="/" />
          {chrome.training && (
            <div class="wv-training" role="note" aria-label="Training country">
              <p class="govuk-width-container govuk-body-s govuk-!-margin-bottom-0 govuk-!-padding-top-1 govuk-!-padding-bottom-1">
                <strong>Training country.</strong> Every place, person and incident here is invented. No real child.{' '}
                {chrome.holder === undefined && (
                  <>
                    <a class="govuk-link" href="/training/people">
                      Change person
                    </a>{' '}
                    <a class="govuk-link" href="/training/outbox">
                      See the mail
                    </a>
                  </>
                )}
              </p>
            </div>
          )}
          {links.length > 0 ? (
            <ServiceNavigation
              navigation={links.map(link => ({
                text: link.text,
                href: link.href,
                current: chrome.path === link.href,
                active: link.href !== '/' && chrome.path.startsWith(`${link.href}/`),
              }))}
            />
          ) : null}
          {chrome.holder === undefined ? null : (
            <p class="govuk-width-container govuk-body-s wv-acting govuk-!-margin-top-2 govuk-!-margin-bottom-0">
              Opened with the link for {chrome.holder}
            </p>
          )}
          {visitor?.acting ? (
            <p class="govuk-width-container govuk-body-s wv-acting govuk-!-margin-top-2 govuk-!-margin-bottom-0">
              {visitor.name}, acting as {roles[visitor.acting.role].label}, {visitor.acting.bodyName}
              {visitor.appointments.length > 1 && (
                <>
                  {' '}
                  <a class="govuk-link" href="/you/roles">
                    Change role
                  </a>
                </>
              )}
            </p>
          ) : null}
        </header>
        <div class="govuk-width-container">
          {back ? (
            <nav aria-label="Back">
              <BackLink text={back.text ?? 'Back'} href={back.href} />
            </nav>
          ) : null}
          <main class="govuk-main-wrapper" id="main-content">
            <div class="govuk-grid-row">
              <div class={wide ? 'govuk-grid-column-full' : 'govuk-grid-column-two-thirds'}>
                {errors.length > 0 && (
                  <ErrorSummary
                    titleText="There is a problem"
                    errorList={errors.map(error => ({ text: error.text, href: `#${error.field}` }))}
                  />
                )}
                {chrome.notice ? <NotificationBanner text={chrome.notice} type="success" /> : null}
                {children}
              </div>
            </div>
          </main>
        </div>
        <footer>
          <Footer
            meta={{
              visuallyHiddenTitle: 'Support links',
              items: [
                ...chrome.everybody,
                { text: 'Help', href: '/help' },
                { text: 'Who sees what', href: '/help/who-sees-what' },
                { text: 'Data dictionary', href: '/help/data-dictionary' },
              ],
            }}
          />
        </footer>
        <script type="module" src={assetPath('weathervane.js')}></script>
      </body>
    </html>
  )
}

/**
 * The token that shows a form came from a page of ours. Stands in every form that changes something. What was opened by a
 * link has one too.
 */
export function FormToken({ visitor }: { visitor: { csrfToken: string } | undefined }) {
  return visitor ? <input type="hidden" name="_csrf" value={visitor.csrfToken} /> : null
}
