import type { Say } from '../../web/say.js'
import type { Setting } from '../../settings/settings.data.js'
import type { Value } from './see-settings.js'

/** A value as a page says it. */
export function sayValue(say: Say, setting: Setting, value: Value): string {
  if (value === null || value === '') return say({ fr: 'rien', en: 'nothing' })
  if (typeof value === 'object') return `« ${value.fr} » / “${value.en}”`
  if (setting.kind === 'number') return `${say.number(Number(value))} ${say(setting.unit)}`
  const option = setting.kind === 'choice' ? setting.options[value] : undefined
  return option ? say(option) : String(value)
}

/** What may be given. */
export function sayBounds(say: Say, setting: Setting): string {
  if (setting.kind === 'number') {
    const [least, most] = [say.number(setting.least), say.number(setting.most)]
    return say({
      fr: `Un nombre entier de ${least} à ${most}.`,
      en: `A whole number from ${least} to ${most}.`,
    })
  }
  if (setting.kind === 'choice') return ''
  const most = say.number(setting.most)
  return say({ fr: `${most} caractères au plus.`, en: `${most} characters at most.` })
}
