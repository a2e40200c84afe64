import { THEME_WORDS, THEMES } from '../../credential/themes.data.js'
import type { Say } from '../../web/say.js'
import type { Words } from '../../words.js'
import { isLyceePro, LEVELS } from '../levels.js'
import { OUTCOME_KINDS, OUTCOMES, type OutcomeKind } from '../outcomes/outcomes.data.js'
import { PUBLICS_DEFINITION, SAID_WORDS } from '../publics/publics.js'
import { BASES } from './bases.data.js'
import { baseDefinition, figure, NOT_PUBLISHED, percent, type Block } from './block.js'
import { OTHER_THEME, outcomeCode, publicCode, themeCode } from './school-codes.js'
import type { IndicatorsView } from './see-indicators.js'
import { BASE_OF_OUTCOME, levelCode, PUBLICS } from './splits.js'
import { shareOf } from './suppress.js'

const LYCEEN_PRO: Words = {
  fr: 'Lycéens professionnels (calculé)',
  en: 'Students of lycées professionnels (worked out)',
}

/** PT-20 and CO-05: totals that schools said, and the one that levels tell. */
export function publicsBlock(view: IndicatorsView, say: Say): Block {
  const { whole } = view.sections.followed
  const lines = [
    { words: LYCEEN_PRO, value: lyceensPro(view), of: whole?.count },
    ...PUBLICS.map((of) => {
      const code = publicCode(of)
      return { words: SAID_WORDS[of], value: whole?.shown[code], of: whole?.of[code] }
    }),
  ]
  return {
    code: 'publics',
    title: say({ fr: 'Publics prioritaires', en: 'Priority publics' }),
    sentence: say({
      fr: 'Des totaux que les établissements ont donnés, jamais une mention sur un élève ; ceux qui ne les ont pas tous donnés n’y sont pas.',
      en: 'Totals that schools have said, never a note about a student; schools that have not said all of them are left out.',
    }),
    kind: 'bars',
    head: [
      say({ fr: 'Public', en: 'Public' }),
      say({ fr: 'Élèves', en: 'Students' }),
      say({ fr: 'Part', en: 'Share' }),
    ],
    figures: lines.map(({ words, value }) => figure(say, say(words), value)),
    more: lines.map(({ value, of }) => shareText(say, value, of)),
    definitions: [
      {
        term: say(LYCEEN_PRO),
        text: say({
          fr: 'Élèves suivis de 2de, 1re et terminale professionnelles, d’après leur niveau (CO-05).',
          en: 'Students followed in the three years of the bac pro, by their level (CO-05).',
        }),
      },
      {
        term: say({ fr: 'Autres publics', en: 'Other publics' }),
        text: say(PUBLICS_DEFINITION),
      },
    ],
  }
}

/** CO-05: a sum of what is shown by level; hidden where one of its levels is. */
function lyceensPro({ sections }: IndicatorsView): number | undefined {
  const shown = sections.followed.whole?.shown ?? {}
  const values = LEVELS.filter(isLyceePro).map((level) => shown[levelCode(level)])
  return values.reduce<number | undefined>(
    (sum, value) => (sum === undefined || value === undefined ? undefined : sum + value),
    0,
  )
}

function shareText(say: Say, value: number | undefined, of: number | undefined): string {
  const share = value === undefined || of === undefined ? undefined : shareOf(value, of)
  if (share === undefined || of === undefined) return say(NOT_PUBLISHED)
  return say({
    fr: `${percent(say, share)} de ${say.number(of)}`,
    en: `${percent(say, share)} of ${say.number(of)}`,
  })
}

const OWN_THEME: Words = { fr: 'Autre thème', en: 'Another theme' }

export function badgeBlocks(view: IndicatorsView, say: Say): Block[] {
  return view.sections.badges.whole ? [themesOfBadges(view, say), statesOfBadges(view, say)] : []
}

function themesOfBadges({ sections: { badges } }: IndicatorsView, say: Say): Block {
  const themes = [
    ...THEMES.map((theme) => ({ code: themeCode(theme), words: THEME_WORDS[theme] })),
    { code: themeCode(OTHER_THEME), words: OWN_THEME },
  ]
  const shown = themes.filter(({ code }) => badges.whole?.shown[code] !== 0)
  const count = say.number(badges.whole?.count ?? 0)
  return {
    code: 'badges-theme',
    title: say({ fr: 'Badges délivrés par thème', en: 'Badges issued by theme' }),
    sentence: say({
      fr: `Badges délivrés dans l’année : ${count}, tous dispositifs confondus.`,
      en: `Badges issued in the year: ${count}, whatever the scheme.`,
    }),
    kind: 'bars',
    head: [say({ fr: 'Thème', en: 'Theme' }), say(BASES.badges.words)],
    figures: shown.map(({ code, words }) => figure(say, say(words), badges.whole?.shown[code])),
    definitions: [baseDefinition(say, 'badges')],
  }
}

function statesOfBadges({ sections: { badges, endorsed } }: IndicatorsView, say: Say): Block {
  const valid = { fr: 'Délivrés, valables', en: 'Issued, valid' }
  const revoked = { fr: 'Délivrés, révoqués depuis', en: 'Issued, revoked since' }
  return {
    code: 'badges-state',
    title: say({
      fr: 'Badges validés, délivrés, révoqués',
      en: 'Badges endorsed, issued, revoked',
    }),
    sentence: say({
      fr: 'Qui regarde un badge n’est pas compté.',
      en: 'Who looks at a badge is not counted.',
    }),
    kind: 'table',
    head: [say({ fr: 'État', en: 'State' }), say({ fr: 'Nombre', en: 'Number' })],
    figures: [
      figure(say, say(BASES.endorsed.words), endorsed.whole?.count),
      figure(say, say(BASES.badges.words), badges.whole?.count),
      figure(say, say(valid), badges.whole?.shown['badges_valid']),
      figure(say, say(revoked), badges.whole?.shown['badges_revoked']),
    ],
    definitions: [baseDefinition(say, 'badges'), baseDefinition(say, 'endorsed')],
  }
}

/** What courses led to, of those of whom a school said so. */
export function outcomeBlocks(view: IndicatorsView, say: Say): Block[] {
  return OUTCOME_KINDS.flatMap((kind) => outcomeBlock(view, say, kind) ?? [])
}

function outcomeBlock(view: IndicatorsView, say: Say, kind: OutcomeKind): Block | undefined {
  const base = BASE_OF_OUTCOME[kind]
  const { whole } = view.sections[base]
  if (!whole) return undefined
  const { outcomes } = OUTCOMES[kind]
  const values = outcomes.map(({ code }) => whole.shown[outcomeCode(kind, code)])
  return {
    code: `outcome-${base}`,
    title: say(BASES[base].words),
    sentence: say({
      fr: `Élèves dont l’issue est notée : ${say.number(whole.count)}. Aucune part n’est donnée sur moins de 20.`,
      en: `Students whose outcome is noted: ${say.number(whole.count)}. No share is given of fewer than 20.`,
    }),
    kind: 'bars',
    head: [
      say(OUTCOMES[kind].words),
      say({ fr: 'Élèves', en: 'Students' }),
      say({ fr: 'Part', en: 'Share' }),
    ],
    figures: outcomes.map(({ words }, at) => figure(say, say(words), values[at])),
    more: values.map((value) => shareText(say, value, whole.count)),
    definitions: [baseDefinition(say, base)],
  }
}
