import type { Config } from '../config.js'
import type { Words } from '../words.js'

/** Whose a setting may be: the service's, or a school's own, which counts before the service's. */
export type Scope = 'service' | 'school'

type Common = Readonly<{
  label: Words
  /** What it changes, for whom. */
  about: Words
  scopes: readonly Scope[]
  /** When every node goes by it. */
  effect: 'at-once' | 'within-a-minute'
  /** The variable of the environment that counts before it; what it says is then what is usual. */
  env?: keyof Config['given']
}>

/** One line; '' is nothing. */
export type TextSetting = Common & Readonly<{ kind: 'text' | 'email'; most: number; usual: string }>
/** A text in both languages, or none. */
export type WordsSetting = Common & Readonly<{ kind: 'words'; most: number; usual: null }>
export type NumberSetting = Common &
  Readonly<{
    kind: 'number'
    least: number
    most: number
    unit: Words
    usual: (config: Config) => number
  }>
export type ChoiceSetting = Common &
  Readonly<{
    kind: 'choice'
    options: Readonly<Record<string, Words>>
    usual: (config: Config) => string
  }>
export type Setting = TextSetting | WordsSetting | NumberSetting | ChoiceSetting

export const YES_NO = {
  on: { fr: 'Oui', en: 'Yes' },
  off: { fr: 'Non', en: 'No' },
} as const satisfies Record<string, Words>

/** Everything that may be changed while the service runs. Secrets and addresses of servers are no settings: they are in the environment. */
export const SETTINGS = {
  'operator-name': {
    kind: 'text',
    most: 120,
    usual: '',
    label: { fr: 'Qui tient ce service', en: 'Who keeps this service' },
    about: {
      fr: 'Le nom d’un organisme, montré aux pages « À propos » et « Confidentialité ».',
      en: 'The name of a body, shown on the pages “About” and “Privacy”.',
    },
    scopes: ['service'],
    effect: 'at-once',
  },
  'operator-contact': {
    kind: 'email',
    most: 254,
    usual: '',
    label: { fr: 'Adresse de contact du service', en: 'Contact address of the service' },
    about: {
      fr: 'Une adresse de fonction, montrée à tous aux pages « À propos » et « Confidentialité ».',
      en: 'An address of a function, shown to everybody on the pages “About” and “Privacy”.',
    },
    scopes: ['service'],
    effect: 'at-once',
  },
  'dpo-contact': {
    kind: 'email',
    most: 254,
    usual: '',
    label: {
      fr: 'Contact du délégué à la protection des données',
      en: 'Contact of the data protection officer',
    },
    about: {
      fr: 'Une adresse de fonction, montrée à tous à la page « Confidentialité ».',
      en: 'An address of a function, shown to everybody on the page “Privacy”.',
    },
    scopes: ['service', 'school'],
    effect: 'at-once',
  },
  'mail-sender': {
    kind: 'text',
    most: 60,
    usual: 'Sceau',
    label: { fr: 'Nom de l’expéditeur des courriels', en: 'Name that mail comes from' },
    about: {
      fr: 'Devant l’adresse MAIL_FROM, que l’environnement donne.',
      en: 'Before the address MAIL_FROM, which the environment gives.',
    },
    scopes: ['service'],
    effect: 'at-once',
  },
  'sign-in-message': {
    kind: 'words',
    most: 300,
    usual: null,
    label: { fr: 'Message à la page de connexion', en: 'Message on the sign-in page' },
    about: {
      fr: 'En texte simple, au-dessus du formulaire. Tout le monde le voit.',
      en: 'In plain text, above the form. Everybody sees it.',
    },
    scopes: ['service'],
    effect: 'at-once',
  },
  'link-life': {
    kind: 'choice',
    options: {
      month: { fr: 'Un mois', en: 'One month' },
      'half-year': { fr: 'Six mois', en: 'Six months' },
      year: { fr: 'Un an', en: 'One year' },
    },
    usual: () => 'half-year',
    label: {
      fr: 'Durée proposée pour un lien de partage',
      en: 'Life that is proposed for a share link',
    },
    about: {
      fr: 'L’élève peut en choisir une autre. Les liens déjà ouverts ne changent pas.',
      en: 'The student may choose another. Links that are open do not change.',
    },
    scopes: ['service', 'school'],
    effect: 'at-once',
  },
  'students-share': {
    kind: 'choice',
    options: YES_NO,
    usual: () => 'on',
    label: {
      fr: 'Les élèves peuvent ouvrir des liens de partage',
      en: 'Students may open share links',
    },
    about: {
      fr: 'Non : aucun nouveau lien ne s’ouvre, ni pour un badge ni pour une sélection. Les liens ouverts restent à leur élève, qui peut les fermer. Un lycée peut dire non là où le service dit oui, pas l’inverse.',
      en: 'No: no new link opens, of a badge or of a selection. Links that are open stay their student’s, who may close them. A lycée may say no where the service says yes, not the other way round.',
    },
    scopes: ['service', 'school'],
    effect: 'at-once',
  },
  'invitation-days': {
    kind: 'number',
    least: 1,
    most: 30,
    unit: { fr: 'jours', en: 'days' },
    usual: () => 7,
    label: { fr: 'Durée d’une invitation', en: 'Life of an invitation' },
    about: {
      fr: 'Pendant combien de jours le lien d’une invitation permet de choisir un mot de passe. Celles qui sont parties ne changent pas.',
      en: 'For how many days the link of an invitation lets somebody choose a password. Those that are sent do not change.',
    },
    scopes: ['service'],
    effect: 'at-once',
  },
  'backup-days': {
    kind: 'number',
    least: 1,
    most: 30,
    unit: { fr: 'jours', en: 'days' },
    usual: () => 2,
    label: { fr: 'Âge toléré de la dernière sauvegarde', en: 'Age that the last backup may have' },
    about: {
      fr: 'Au-delà, la page « État du service » dit que la sauvegarde ne va pas.',
      en: 'Beyond it, the page “Health” says that the backup is not well.',
    },
    scopes: ['service'],
    effect: 'at-once',
  },
  'verifications-per-minute': {
    kind: 'number',
    least: 60,
    most: 6_000,
    unit: { fr: 'par minute', en: 'a minute' },
    usual: ({ verificationsPerMinute }) => verificationsPerMinute,
    label: { fr: 'Vérifications depuis une même adresse', en: 'Verifications from one address' },
    about: {
      fr: 'Au-delà, l’adresse attend une minute. 120 suffisent à une classe de 35 qui vérifie trois badges chacun.',
      en: 'Beyond it, the address waits for a minute. 120 are enough for a class of 35 that verifies three badges each.',
    },
    scopes: ['service'],
    effect: 'within-a-minute',
    env: 'VERIFICATIONS_PER_MINUTE',
  },
  'passkeys-required': {
    kind: 'choice',
    options: YES_NO,
    usual: ({ requirePasskeys }) => (requirePasskeys ? 'on' : 'off'),
    label: {
      fr: 'Une clé d’accès est exigée de qui engage une organisation',
      en: 'A passkey is required of who commits an organisation',
    },
    about: {
      fr: 'Oui : approuver, endosser, publier ou donner des rôles demande une clé d’accès. Non : un mot de passe récent suffit aussi. Pour dire oui, ayez vous-même une clé d’accès.',
      en: 'Yes: to approve, endorse, publish or give roles takes a passkey. No: a password that was typed lately is enough, too. To say yes, have a passkey yourself.',
    },
    scopes: ['service'],
    effect: 'within-a-minute',
    env: 'REQUIRE_PASSKEYS',
  },
} as const satisfies Readonly<Record<string, Setting>>

export type SettingKey = keyof typeof SETTINGS
export const SETTING_KEYS = Object.keys(SETTINGS) as SettingKey[]

/** @returns undefined for what is no setting: `__proto__` is none */
export function settingOf(key: string): Setting | undefined {
  return isSettingKey(key) ? SETTINGS[key] : undefined
}

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key)
}
