import { may } from '../platform/acting.ts'
import type { Config } from '../platform/config.ts'
import type { Database } from '../platform/database/index.ts'
import type { Logger } from '../platform/log.ts'
import { createSignIn } from '../platform/sign-in/index.ts'
import { createWeb, type Visitor, type Web } from '../platform/web/index.ts'
import { notificationsNeeding, registerNotificationPages } from '../notifications/index.ts'
import { registerHelp } from './help.tsx'
import { registerHome } from './home.tsx'
import { registerIncidentPages } from './incident-pages.tsx'
import { tour } from './training/people.ts'

export interface App {
  readonly web: Web
  close(): Promise<void>
}

/** Wires the modules together: who listens to what, which pages there are, what each role finds in its menu. */
export async function createApp({
  config,
  database,
  log,
}: {
  config: Config
  database: Database
  log: Logger
}): Promise<App> {
  const signIn = createSignIn({ database, config, log })
  const web = await createWeb({ config, log, visitorOf: signIn.visitorOf, navigation })
  signIn.registerPages(web)
  signIn.registerTraining(web, tour.map(({ email, tryThis }) => ({ email, what: tryThis })))
  registerNotificationPages(web)
  registerIncidentPages(web, [])
  registerHome(web, [notificationsNeeding], { training: config.mode === 'training' })
  registerHelp(web)
  return { web, close: () => web.app.close() }
}

function navigation({ acting }: Visitor) {
  return [
    { text: 'Home', href: '/' },
    ...(acting && may(acting, 'read', 'incident') ? [{ text: 'Incidents', href: '/incidents' }] : []),
  ]
}
