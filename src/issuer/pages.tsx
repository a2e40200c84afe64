import type { Page } from '../web/page.js'
import { badgePages } from './badge-pages.js'
import { batchPages } from './batches/pages.js'
import { companyLinkPages } from './company-links/pages.js'
import { consentPages } from './consents/pages.js'
import { dossierPages } from './dossier-pages.js'
import { keptPages } from './rights/kept-pages.js'
import { rightsPages } from './rights/pages.js'
import { withdrawalPages } from './withdrawals/pages.js'

export const issuerPages: readonly Page[] = [
  ...dossierPages,
  ...companyLinkPages,
  // Before what is done to badges: its address is one of theirs.
  ...withdrawalPages,
  ...badgePages,
  ...batchPages,
  ...consentPages,
  ...rightsPages,
  ...keptPages,
]
