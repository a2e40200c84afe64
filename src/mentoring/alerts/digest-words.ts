import type { Role } from '../../context.js'
import type { Language, Words } from '../../words.js'
import { SEVERITIES, type Alert, type Severity } from './alert.js'

/** Who receives the digest unless they say otherwise; all others, if they ask for it. */
const BY_DEFAULT: readonly Role[] = ['school-staff', 'liaison-officer', 'academic-referent']

/** @param choice what the person said; null: nothing */
export function wantsDigest(choice: 'on' | 'off' | null, roles: readonly Role[]): boolean {
  return choice === null ? roles.some((role) => BY_DEFAULT.includes(role)) : choice === 'on'
}

const COUNTED: Readonly<Record<Severity, Words>> = {
  due: { fr: 'à faire', en: 'to do' },
  soon: { fr: 'bientôt', en: 'soon' },
  info: { fr: 'à savoir', en: 'to know' },
}

/** A digest: counts and links, and nothing of anybody. */
export function digestWords(
  alerts: readonly Pick<Alert, 'severity'>[],
  language: Language,
  publicUrl: string,
): { subject: string; text: string } {
  const { length } = alerts
  const counts = SEVERITIES.flatMap((severity) => {
    const count = alerts.filter((one) => one.severity === severity).length
    return count === 0 ? [] : `- ${COUNTED[severity][language]}${SIGN[language]} ${count}`
  })
  const { alert, sentence, see, stop } = TEXTS[language]
  return {
    subject: `Sceau${SIGN[language]} ${length} ${alert(length)}`,
    text: [
      sentence(length),
      '',
      ...counts,
      '',
      `${see}${SIGN[language]} ${publicUrl}/alerts`,
      '',
      `${stop}${SIGN[language]} ${publicUrl}/account/mail`,
      '',
    ].join('\n'),
  }
}

/** French keeps its colon apart. */
const SIGN: Readonly<Record<Language, string>> = { fr: '\u00a0:', en: ':' }

const TEXTS = {
  fr: {
    alert: (count: number) => (count > 1 ? 'alertes' : 'alerte'),
    sentence: (count: number) =>
      count > 1
        ? `Bonjour,\n\n${count} alertes vous concernent cette semaine.`
        : 'Bonjour,\n\nUne alerte vous concerne cette semaine.',
    see: 'Les voir et savoir que faire',
    stop: 'Ne plus recevoir ce message',
  },
  en: {
    alert: (count: number) => (count > 1 ? 'alerts' : 'alert'),
    sentence: (count: number) =>
      count > 1
        ? `Hello,\n\n${count} alerts concern you this week.`
        : 'Hello,\n\nOne alert concerns you this week.',
    see: 'See them, and what to do',
    stop: 'Receive this message no more',
  },
} as const
