import type { NotificationAnswers } from './notification-form.ts'

/** Everything a notification about one baby needs to be sent, on 2 March 2026 or later. Invented. */
export function aCompleteNotification(): NotificationAnswers {
  return {
    sentNationally: 'no',
    nature: 'serious-harm',
    ageGroup: 'under-18',
    abuseOrNeglect: 'suspected',
    incidentOn: '2026-02-27',
    awareOn: '2026-02-28',
    place: 'in-our-area',
    location: 'At home',
    authorityOfResidence: { silence: 'not-known' },
    whatHappened: 'The baby was taken to hospital with an injury that the parents could not explain.',
    children: [
      {
        givenName: 'Rowan',
        familyName: 'Testfield',
        birth: 'date-known',
        dateOfBirth: '2025-11-20',
        sex: 'female',
        ethnicity: 'WBRI',
        disability: 'no',
        livingWith: 'parents',
        lookedAfter: 'no',
        childInNeedPlan: 'never',
        childProtectionPlan: 'never',
        knownToAgencies: { silence: 'not-known' },
        education: 'below-school-age',
      },
    ],
    harmCategories: ['physical-abuse'],
    harmSetting: 'inside-family',
    suspectedRelations: { silence: 'not-known' },
    policeInvestigation: 'yes',
    courtProceedings: { silence: 'not-yet-asked' },
    mediaInterest: 'no',
    partnersAgreed: ['local-authority', 'integrated-care-board', 'police'],
    otherAreasTold: 'no',
    notifierName: 'Test Notifier',
    notifierRole: 'Head of service',
    notifierPhone: '01632 960001',
    notifierEmail: 'notifier@authority.example',
  }
}
