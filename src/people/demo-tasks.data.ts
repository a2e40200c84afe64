import type { Role } from '../context.js'
import type { Words } from '../words.js'

/** What each account of the demo is good for. */
export const DEMO_TASKS: Readonly<Record<Role, Words>> = {
  'platform-admin': { fr: 'admet lycées et entreprises', en: 'admits schools and companies' },
  'school-staff': {
    fr: 'suit les cohortes, propose un dossier',
    en: 'follows cohorts, proposes a dossier',
  },
  'school-approver': { fr: 'approuve : le badge est signé', en: 'approves: the badge is signed' },
  'liaison-officer': {
    fr: 'saisit et confirme des séances',
    en: 'records and confirms sessions',
  },
  'company-admin': {
    fr: 'définit et publie des badges',
    en: 'defines and publishes badges',
  },
  'company-endorser': {
    fr: 'évalue, ou endosse ce qu’un autre a évalué',
    en: 'assesses, or endorses what another has assessed',
  },
  'scheme-coordinator': {
    fr: 'suit une cordée ou des binômes',
    en: 'follows a cordée or pairs',
  },
  'academic-referent': {
    fr: 'lit les indicateurs de l’académie',
    en: 'reads the indicators of the academy',
  },
  student: { fr: 'partage son badge par un lien', en: 'shares a badge by a link' },
}
