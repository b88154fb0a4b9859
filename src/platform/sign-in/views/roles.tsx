import { roles } from '../../access/index.ts'
import type { FieldError } from '../../errors.ts'
import { Button, errorAt, FormToken, Radios, type PageProps, type Visitor } from '../../web/index.ts'

export function rolesPage({ visitor, errors = [] }: { visitor: Visitor; errors?: readonly FieldError[] }): PageProps {
  const { acting, appointments } = visitor
  return {
    title: 'Choose the role you act in',
    errors,
    back: { href: '/you' },
    children:
      appointments.length === 0 ? (
        <>
          <h1 class="govuk-heading-l">You have no role today</h1>
          <p class="govuk-body">Ask the person who manages accounts in your organisation.</p>
        </>
      ) : (
        <form method="post" action="/you/roles" noValidate>
          <FormToken visitor={visitor} />
          <Radios
            name="appointment"
            fieldset={{
              legend: { text: 'Choose the role you act in', isPageHeading: true, classes: 'govuk-fieldset__legend--l' },
            }}
            hint={{
              text: 'You see and do what this role allows. A form that is open in another tab will ask you to go on with what you typed.',
            }}
            value={acting?.appointmentId}
            items={appointments.map(appointment => ({
              value: appointment.id,
              text: roles[appointment.role].label,
              hint: { text: appointment.bodyName },
            }))}
            errorMessage={errorAt(errors, 'appointment')}
          />
          <Button text="Change role" />
        </form>
      ),
  }
}
