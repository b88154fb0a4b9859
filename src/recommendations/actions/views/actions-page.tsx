import { formatDate, type CivilDate } from '../../../platform/dates.ts'
import { ListPage, type ChosenList, type Found } from '../../../platform/lists/index.ts'
import { Button } from '../../../platform/web/index.ts'
import { deliveryTold } from '../../moves.ts'
import { actionStates, type ActionInList, type ActionSort, type ActionState } from '../action-store.ts'
import { DeliveryTag, Freshness, ServedName } from './parts.tsx'

export interface ActionsPageProps {
  chosen: ChosenList<ActionSort>
  state: ActionState | undefined
  words: string
  found: Found<ActionInList>
  today: CivilDate
  mayWrite: boolean
  counts: { unchecked: number; missing: number }
}

export function ActionsPage({ chosen, state, words, found, today, mayWrite, counts }: ActionsPageProps) {
  return (
    <ListPage
      heading="Actions"
      path="/actions"
      counted={['action', 'actions']}
      emptyText="There is no such action. An action begins with what it is to change."
      {...{ chosen, found }}
      columns={[
        {
          label: 'Action',
          cell: action => (
            <a class="govuk-link" href={`/actions/${action.actionId}`}>
              {action.number}
            </a>
          ),
        },
        { label: 'What will be done', cell: action => shortened(action.text) },
        {
          label: 'Serves',
          cell: action =>
            action.serves.map(one => (
              <div>
                <ServedName served={one} />
              </div>
            )),
        },
        {
          key: 'owner',
          label: 'Owner and lead',
          cell: action => `${[action.ownerName, ...action.jointWith].join(', with ')}. ${action.leadName}`,
        },
        { key: 'due', label: 'Due', cell: action => formatDate(action.dueOn) },
        {
          key: 'updated',
          label: 'How far it is',
          cell: action => (
            <>
              <DeliveryTag delivery={deliveryTold(action.delivery, action.updatedOn)} />{' '}
              <Freshness action={action} today={today} />
            </>
          ),
        },
      ]}
      filters={[
        { name: 'state', label: 'Show', value: state, options: { '': 'All', ...actionStates } },
        { name: 'words', label: 'Words, or a number', value: words },
      ]}
    >
      {mayWrite && (
        <>
          <p class="govuk-body">
            {counts.unchecked > 0 && (
              <>
                <a class="govuk-link" href="/actions?state=unchecked">
                  {counts.unchecked === 1 ? '1 action has an update' : `${counts.unchecked} actions have updates`} to
                  check
                </a>
                .{' '}
              </>
            )}
            {counts.missing > 0 && (
              <a class="govuk-link" href="/actions/asking">
                Ask for {counts.missing === 1 ? 'the update that is' : `the ${counts.missing} updates that are`} missing
              </a>
            )}
          </p>
          <Button text="Agree on an action" href="/actions/new" />
        </>
      )}
    </ListPage>
  )
}

export function shortened(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 150).replace(/\s+\S*$/, '')} …`
}
