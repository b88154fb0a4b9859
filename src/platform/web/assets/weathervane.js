import { initAll } from './govuk-frontend.min.js'

/** Reveals the button of each CopyValue. Where the clipboard is refused, the value is selected instead. */
function startCopyValues() {
  for (const element of document.querySelectorAll('[data-module="wv-copy-value"]')) {
    const value = element.querySelector('.wv-copy-value__value')
    const button = element.querySelector('.wv-copy-value__button')
    const status = element.querySelector('.wv-copy-value__status')
    button.hidden = false
    button.addEventListener('click', async () => {
      status.textContent = ''
      try {
        await navigator.clipboard.writeText(value.textContent)
        status.textContent = 'Copied'
      } catch {
        getSelection().selectAllChildren(value)
        status.textContent = 'Selected: copy it with your keyboard or menu'
      }
    })
  }
}

/** Asks before a page with something typed and not saved is left. Sending the form is no leaving. */
function keepWhatIsTyped() {
  let typed = false
  for (const form of document.querySelectorAll('main form[method="post"]')) {
    form.addEventListener('input', () => (typed = true))
    form.addEventListener('submit', () => (typed = false))
  }
  addEventListener('beforeunload', event => {
    if (typed) event.preventDefault()
  })
}

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()
startCopyValues()
keepWhatIsTyped()
