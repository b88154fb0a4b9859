import { classNames, contentOf, type Attributes, type Content, type Optional, type Styled } from './props.ts'

export type FooterLink = { text: string; href: string } & Optional<{ attributes: Attributes }>

export type FooterProps = Styled &
  Optional<{
    meta: Content & Optional<{ visuallyHiddenTitle: string; items: readonly FooterLink[] }>
    navigation: readonly ({ title: string } & Optional<{
      /** Columns the list of links is set in: 2 or 3. */
      columns: number
      /** Share of the page, a grid column of GOV.UK Frontend: `one-third`, `two-thirds`, `full`. */
      width: string
      items: readonly FooterLink[]
    }>)[]
    /** Words of the open licence the pages are under. Without it nothing is said. */
    contentLicence: Content
    containerClasses: string
  }>

/** Without the crown and the Crown copyright link of GOV.UK's own footer: neither may be used outside GOV.UK. */
export function Footer({ meta, navigation, contentLicence, containerClasses, classes, attributes }: FooterProps) {
  const metaWords = contentOf(meta)
  const licence = contentOf(contentLicence)
  return (
    <div class={classNames('govuk-footer', classes)} {...attributes}>
      <div class={classNames('govuk-width-container', containerClasses)}>
        {navigation && navigation.length > 0 && (
          <>
            <div class="govuk-footer__navigation">
              {navigation.map(({ title, width = 'full', columns, items }) => (
                <div class={`govuk-footer__section govuk-grid-column-${width}`}>
                  <h2 class="govuk-footer__heading govuk-heading-m">{title}</h2>
                  {items && items.length > 0 && (
                    <ul
                      class={classNames(
                        'govuk-footer__list',
                        columns !== undefined && `govuk-footer__list--columns-${columns}`,
                      )}
                    >
                      {items.map(
                        item => item.href && item.text && <li class="govuk-footer__list-item">{renderLink(item)}</li>,
                      )}
                    </ul>
                  )}
                </div>
              ))}
            </div>
            <hr class="govuk-footer__section-break" />
          </>
        )}
        <div class="govuk-footer__meta">
          <div class="govuk-footer__meta-item govuk-footer__meta-item--grow">
            {meta && <h2 class="govuk-visually-hidden">{meta.visuallyHiddenTitle || 'Support links'}</h2>}
            {meta?.items && meta.items.length > 0 && (
              <ul class="govuk-footer__inline-list">
                {meta.items.map(item => (
                  <li class="govuk-footer__inline-list-item">{renderLink(item)}</li>
                ))}
              </ul>
            )}
            {metaWords && <div class="govuk-footer__meta-custom">{metaWords}</div>}
            {licence && (
              <>
                <LicenceLogo />
                <span class="govuk-footer__licence-description">{licence}</span>
              </>
            )}
          </div>
        </div>
      </div>
    </div>
  )
}

function renderLink({ text, href, attributes }: FooterLink) {
  return (
    <a class="govuk-footer__link" href={href} {...attributes}>
      {text}
    </a>
  )
}

function LicenceLogo() {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      class="govuk-footer__licence-logo"
      xmlns="http://www.w3.org/2000/svg"
      viewBox="0 0 483.2 195.7"
      height="17"
      width="41"
    >
      <path
        fill="currentColor"
        d="M421.5 142.8V.1l-50.7 32.3v161.1h112.4v-50.7zm-122.3-9.6A47.12 47.12 0 0 1 221 97.8c0-26 21.1-47.1 47.1-47.1 16.7 0 31.4 8.7 39.7 21.8l42.7-27.2A97.63 97.63 0 0 0 268.1 0c-36.5 0-68.3 20.1-85.1 49.7A98 98 0 0 0 97.8 0C43.9 0 0 43.9 0 97.8s43.9 97.8 97.8 97.8c36.5 0 68.3-20.1 85.1-49.7a97.76 97.76 0 0 0 149.6 25.4l19.4 22.2h3v-87.8h-80l24.3 27.5zM97.8 145c-26 0-47.1-21.1-47.1-47.1s21.1-47.1 47.1-47.1 47.2 21 47.2 47S123.8 145 97.8 145"
      />
    </svg>
  )
}
