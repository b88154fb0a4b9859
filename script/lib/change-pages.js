/** From review to change: who reads which addresses, of what `seedChange` wrote. */
import { peopleOf, Visitor } from './service.js'

const desk = '/desk/recommendations'
const filters = [
  '?reply=awaited',
  '?reply=accepted&delivery=done',
  '?overdue=yes',
  '?theme=neglect',
  '?theme=neglect&effect=not-looked-at',
  '?source=local-review&delivery=stopped',
]
const pages = ['', '?page=9', '?page=40', '?sort=body', '?sort=-asked']

/**
 * Lists and searches of people who are signed in.
 * @param {string} url
 * @param {Awaited<ReturnType<typeof import('./seed-change.js').seedChange>>} seeded
 * @param {number} people how many read each
 */
export async function listPages(url, seeded, people) {
  const signedIn = ids =>
    Promise.all(Array.from({ length: people }, (_, turn) => new Visitor(url).signIn(ids[turn % ids.length])))
  // The largest areas.
  const managers = await signedIn(seeded.people['business-manager'].slice(0, 20))
  const scrutineers = await signedIn(seeded.people['scrutineer'].slice(0, 20))
  const partners = await signedIn(seeded.people['safeguarding-partner'].slice(0, 60))
  const bodies = await signedIn(seeded.people['body-answering'])
  const secretariat = await signedIn(await peopleOf(url, 'Panel secretariat'))
  const drafts = await Promise.all(
    seeded.drafts.map(async ({ number, area }) => ({
      cookie: (await new Visitor(url).signIn(seeded.people['business-manager'][area - 1])).cookie,
      paths: [`${desk}/${number}`],
    })),
  )
  const all = (visitors, paths) => visitors.map(({ cookie }) => ({ cookie, paths }))
  const onDesk = endings => endings.map(ending => `${desk}${ending}`)
  return {
    'desk-secretariat': all(secretariat, onDesk(pages)),
    'desk-secretariat-filters': all(secretariat, onDesk(filters)),
    'desk-secretariat-names': all(
      secretariat,
      onDesk([
        '?body=police+2',
        '?body=council',
        '?body=nobody+at+all',
        '?words=bruises',
        '?words=%22record+of+the+family%22',
      ]),
    ),
    'desk-manager': all(managers, onDesk([...pages, ...filters, '?body=police'])),
    'desk-body': all(bodies, onDesk([...pages, ...filters])),
    'to-judge': all(scrutineers, [`${desk}?judge=waiting`]),
    actions: all(
      managers,
      [
        '',
        '?page=9',
        '?state=open',
        '?state=missing',
        '?state=done',
        '?sort=owner',
        '?words=A-2098-00007',
        '?words=family+visits',
      ].map(ending => `/actions${ending}`),
    ),
    chase: all(managers, ['/actions/asking']),
    asked: all(
      [...managers, ...partners].filter((_, turn) => turn % 2 === 0),
      ['/asked', '/asked?show=all', '/asked?show=all&page=9'],
    ),
    'again-secretariat': all(secretariat, ['/did-it-work']),
    'again-manager': all(managers, ['/did-it-work']),
    similar: drafts,
    'home-secretariat': all(secretariat, ['/']),
    'home-manager': all(managers, ['/']),
    'home-partner': all(partners, ['/']),
    'home-scrutineer': all(scrutineers, ['/']),
    'home-body': all(bodies, ['/']),
    'roll-up': all(secretariat, [`/recommendations/${seeded.sentToAll[0]}/areas`]),
  }
}

export const listWords = {
  'desk-secretariat': 'recommendations, secretariat: pages and orders',
  'desk-secretariat-filters': 'recommendations, secretariat: filters',
  'desk-secretariat-names': 'recommendations, secretariat: by name of a body, by words',
  'desk-manager': 'recommendations, business manager',
  'desk-body': 'recommendations, national body',
  'to-judge': 'what waits for a judgement, scrutineer',
  actions: 'actions, business manager',
  chase: 'updates to ask for',
  asked: 'everything asked of us',
  'again-secretariat': 'did it work, secretariat',
  'again-manager': 'did it work, business manager',
  similar: 'draft with similar recommendations',
  'home-secretariat': 'home, secretariat',
  'home-manager': 'home, business manager',
  'home-partner': 'home, safeguarding partner',
  'home-scrutineer': 'home, scrutineer',
  'home-body': 'home, national body',
  'roll-up': 'roll-up of a national one over 150 areas',
}

/** What everybody reads, without sign-in. */
export function publicPages({ recommendations, reviews }, people) {
  const anybody = paths => Array.from({ length: people }, () => ({ cookie: '', paths }))
  const api = '/api/v1/public/recommendations'
  return {
    recommendations: anybody(['/recommendations', '/recommendations?page=9', '/recommendations?theme=neglect']),
    recommendation: anybody(recommendations.map(number => `/recommendations/${number}`)),
    reviews: anybody(['/reviews', '/reviews?page=9', '/reviews?theme=neglect', '/reviews?words=baby+plan']),
    review: anybody(reviews.map(number => `/reviews/${number}`)),
    'api-list': anybody([api, `${api}?page=9`, `${api}?theme=neglect`]),
    'api-one': anybody(recommendations.map(number => `${api}/${number}`)),
    csv: anybody(['/recommendations.csv?theme=neglect', '/reviews.csv']),
    'csv-all': anybody(['/recommendations.csv']),
  }
}

export const publicWords = {
  recommendations: 'list of recommendations',
  recommendation: 'a recommendation',
  reviews: 'list of reviews, with words too',
  review: 'a review',
  'api-list': 'list of recommendations, JSON',
  'api-one': 'a recommendation, JSON',
  csv: 'recommendations of a theme, reviews: CSV',
  'csv-all': 'all recommendations, CSV',
}
