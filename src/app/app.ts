import { join } from 'node:path'
import { may } from '../platform/acting.ts'
import { createApi } from '../platform/api/index.ts'
import type { Config } from '../platform/config.ts'
import type { Database } from '../platform/database/index.ts'
import { sealEvents } from '../platform/events/index.ts'
import { diskFileStore, type FileStore } from '../platform/files/index.ts'
import { every, startJobs, upkeepJobs } from '../platform/jobs/index.ts'
import type { Logger } from '../platform/log.ts'
import { openLinks } from '../platform/links/index.ts'
import { sendMailJob, type SenderSettings } from '../platform/mail/index.ts'
import { createSignIn, forgetOldSignIns } from '../platform/sign-in/index.ts'
import { createWeb, type NavigationLink, type Visitor, type Web } from '../platform/web/index.ts'
import {
  libraryNeeding,
  libraryOnIncident,
  publishedFilesWith,
  registerPublicationPages,
  registerPublishedPages,
  registerPublishedSheets,
  registerSheetPages,
  withholdingOnIncident,
} from '../library/index.ts'
import { notificationRoutes, notificationsNeeding, registerNotificationPages } from '../notifications/index.ts'
import { panelNeeding, panelOnIncident, receiveLocalReview, receiveReview, registerPanelPages } from '../panel/index.ts'
import {
  actionsBesidePoints,
  EarlierRecommendations,
  askAfterLetter,
  askAfterNotification,
  askAfterPublication,
  askAfterRecommendation,
  questionsNeeding,
  registerQuestionPages,
  actionsNeeding,
  evidenceNeeding,
  actionsOnIncident,
  registerActionPages,
  registerAskedPages,
  registerNationalPages,
  registerYearlyReportPages,
  publicRecommendationRoutes,
  recommendationsNeeding,
  recommendationsOnIncident,
  registerProgressPages,
  registerAssurancePages,
  registerRecommendationLinkPages,
  registerRecommendationPages,
  sendChaserJob,
} from '../recommendations/index.ts'
import {
  draftsNeeding,
  eraseSealedWords,
  familiesNeeding,
  familyOnIncident,
  localReviewOnIncident,
  localReviewsNeeding,
  notePublished,
  noteWithheld,
  openRapidReview,
  registerFamilyPages,
  registerLocalReviewPages,
  registerDraftPages,
  registerReviewPages,
  reviewsNeeding,
  reviewsOnIncident,
} from '../reviews/index.ts'
import { registerHelp } from './help.tsx'
import { registerHome } from './home.tsx'
import { registerIncidentPages } from './incident-pages.tsx'
import { subscribeMail } from './mail-rules.ts'
import { registerServicePages } from './service-pages.tsx'
import { tour } from './training/people.ts'

export interface App {
  readonly web: Web
  /** Ends jobs and pages; the database stays open. */
  close(): Promise<void>
}

export interface AppOptions {
  config: Config
  database: Database
  log: Logger
}

/** Wires the modules together: who listens to what, which pages there are, what each role finds in its menu. */
export async function createApp({ config, database, log }: AppOptions): Promise<App> {
  const training = config.mode === 'training'
  const files = diskFileStore(join(config.dataFolder, 'files'))
  const mail = {
    publicUrl: config.publicUrl,
    ring: config.helpPhone,
    smtpUrl: config.smtpUrl,
  }

  subscribeModules(database)
  subscribeMail(database)

  const jobs = await startJobs(
    database,
    [
      sendMailJob(mail),
      sendChaserJob(mail),
      every(5, 'audit.seal', async sealing => {
        await sealEvents(sealing, { folder: config.dataFolder, log })
      }),
      every(24 * 60, 'sign-in.forget', forgetting => forgetting.as({ task: 'sign-in' }, forgetOldSignIns)),
      every(24 * 60, 'families.erase', erasing => erasing.as({ task: 'erase' }, eraseSealedWords)),
      ...upkeepJobs(database),
    ],
    log,
  )

  const signIn = createSignIn({ database, config, log })
  const web = await createWeb({
    config,
    log,
    visitorOf: signIn.visitorOf,
    navigation,
    open: { ask: database.ask, links: openLinks({ database, config }), navigation: publicNavigation },
  })
  signIn.registerPages(web)
  signIn.registerTraining(
    web,
    tour.map(({ email, tryThis }) => ({ email, what: tryThis })),
  )
  registerHome(
    web,
    [
      notificationsNeeding,
      reviewsNeeding,
      draftsNeeding,
      localReviewsNeeding,
      familiesNeeding,
      panelNeeding,
      actionsNeeding,
      questionsNeeding,
      recommendationsNeeding,
      evidenceNeeding,
      libraryNeeding,
    ],
    { training },
  )
  registerIncidentPages(web, [
    reviewsOnIncident,
    panelOnIncident,
    localReviewOnIncident,
    actionsOnIncident,
    recommendationsOnIncident,
    libraryOnIncident,
    familyOnIncident,
  ])
  registerModules(web, { database, files, mail })
  registerHelp(web, { helpPhone: config.helpPhone })
  await createApi({
    web,
    config,
    actingForToken: signIn.actingForToken,
    sections: [
      {
        tag: 'notifications',
        description: 'Serious incident notifications: from a draft to what the Panel reads.',
        routes: notificationRoutes,
      },
      {
        tag: 'published',
        description: 'What is published: the same as on the pages for everybody.',
        routes: publicRecommendationRoutes({ ask: database.ask, kept: web.keptPublic, publicUrl: config.publicUrl }),
      },
    ],
  })
  registerServicePages(web, { database, jobs, mail, training })

  return {
    web,
    async close() {
      await web.app.close()
      await jobs.stop()
    },
  }
}

/** What follows from what, in the transaction in which it happens. */
export function subscribeModules(database: Pick<Database, 'on'>): void {
  database.on('notification.sent', openRapidReview)
  database.on('rapid-review.sent', (tx, event) => receiveReview(tx, 'rapid', event))
  database.on('publication.published', notePublished)
  database.on('publication.elsewhere', notePublished)
  database.on('publication.withholding-sent', noteWithheld)
  database.on('local-review.sent-ahead', receiveLocalReview)
  database.on('notification.sent', askAfterNotification)
  database.on('letter.sent', askAfterLetter)
  database.on('recommendation.issued', askAfterRecommendation)
  database.on('publication.published', askAfterPublication)
  database.on('publication.elsewhere', askAfterPublication)
}

interface Pages {
  database: Pick<Database, 'as' | 'clock'>
  files: FileStore
  mail: SenderSettings
}

/** The pages of every module. */
export function registerModules(web: Web, { database, files, mail }: Pages): void {
  const { publicUrl } = mail
  registerNotificationPages(web)
  registerReviewPages(web, { files })
  registerLocalReviewPages(web)
  registerFamilyPages(web, {
    publicUrl,
    publishedFilesWith: publishedFilesWith(files),
  })
  registerDraftPages(web, { files })
  registerPanelPages(web, { localReview: withholdingOnIncident, points: actionsBesidePoints })
  registerActionPages(web, { publicUrl })
  registerAskedPages(web, { publicUrl })
  registerNationalPages(web)
  registerQuestionPages(web, mail)
  registerYearlyReportPages(web)
  registerRecommendationLinkPages(web, mail)
  registerAssurancePages(web)
  registerRecommendationPages(web, { files, earlier: new EarlierRecommendations(database) })
  registerPublicationPages(web, { files, publicUrl })
  registerSheetPages(web, { files })
  registerPublishedSheets(web, { files })
  registerPublishedPages(web, { files, publicUrl })
  registerProgressPages(web)
}

/** What anybody may read, without an account. */
const publicNavigation: NavigationLink[] = [
  { text: 'Published reviews', href: '/reviews' },
  { text: 'Progress on recommendations', href: '/recommendations' },
]

function navigation({ acting }: Visitor): NavigationLink[] {
  if (!acting) return []
  return [
    { text: 'Home', href: '/' },
    ...(may(acting, 'read', 'incident') ? [{ text: 'Incidents', href: '/incidents' }] : []),
    ...(may(acting, 'read', 'local-review') ? [{ text: 'Local reviews', href: '/local-reviews' }] : []),
    ...(may(acting, 'sign', 'rapid-review-signing') ? [{ text: 'Signatures', href: '/signatures' }] : []),
    ...(may(acting, 'read', 'action')
      ? [
          { text: 'Asked of us', href: '/asked' },
          { text: 'Actions', href: '/actions' },
        ]
      : []),
    ...(may(acting, 'read', 'panel-work') ? [{ text: 'Panel', href: '/panel' }] : []),
    ...(may(acting, 'read', 'sealed-words') ? [{ text: 'Legal holds', href: '/legal-holds' }] : []),
    ...(may(acting, 'read', 'recommendation') ? [{ text: 'Recommendations', href: '/desk/recommendations' }] : []),
    ...(may(acting, 'read', 'mail') ? [{ text: 'The service', href: '/service' }] : []),
    ...publicNavigation,
  ]
}
