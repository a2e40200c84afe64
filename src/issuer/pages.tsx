import type { Page } from '../web/page.js'
import { badgePages } from './badge-pages.js'
import { batchPages } from './batches/pages.js'
import { consentPages } from './consents/pages.js'
import { dossierPages } from './dossier-pages.js'
import { rightsPages } from './rights/pages.js'

export const issuerPages: readonly Page[] = [
  ...dossierPages,
  ...badgePages,
  ...batchPages,
  ...consentPages,
  ...rightsPages,
]
