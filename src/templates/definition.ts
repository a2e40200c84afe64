import { z } from 'zod'
import { digestOf } from '../credential/digest.js'
import { isPlainMarkdown, looksPersonal } from '../credential/read-text.js'
import { told } from '../web/validate.js'
import type { Words } from '../words.js'
import { FRAMEWORK_NAMES, FRAMEWORKS } from './frameworks.js'
import { MAX_LETTERS, undrawable } from './lettering.js'
import { COLOURS, ICONS, SHAPES } from './picture.data.js'
import { textFits } from './picture.js'

/** OB-03: said with every badge; a badge is no certification. */
export const COMPLEMENTS_SENTENCE =
  'Ce badge complète le baccalauréat professionnel ; il ne s’y substitue pas et n’est pas une certification enregistrée au RNCP ou au RS.'

/** No control or format characters (bidirectional ones too), no line or paragraph separators. */
const LINE = /^[^\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]*$/u
/** The same over several lines. */
const LINES = /^(?:[^\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|[\n\t])*$/u
const HIDDEN = told({
  fr: 'Ce texte contient des caractères invisibles : retapez-le.',
  en: 'This text holds invisible characters: type it again.',
})
// What these refuse is never signed, so that a badge that is published can also be awarded.
const PERSONAL = told({
  fr: 'Ce texte semble contenir une adresse électronique, un numéro de téléphone ou d’élève : retirez-le.',
  en: 'This text seems to hold an e-mail address, a telephone or a student number: take it out.',
})
const NOT_PLAIN = told({
  fr: 'Ce texte contient du HTML, une image ou un lien qui n’est pas en https : retirez-le.',
  en: 'This text holds HTML, a picture, or a link that is not https: take it out.',
})
const tooShort = (what: Words, least: number) =>
  told(
    least > 1
      ? {
          fr: `${what.fr} : écrivez au moins ${least} caractères.`,
          en: `${what.en}: write at least ${least} characters.`,
        }
      : { fr: `${what.fr} : ce champ est obligatoire.`, en: `${what.en}: this field is required.` },
  )
const tooLong = (what: Words, most: number) =>
  told({
    fr: `${what.fr} : ${most} caractères au plus.`,
    en: `${what.en}: ${most} characters at most.`,
  })
// The check for hidden characters is no `.regex()`: its flag u has no place in OpenAPI.
const text = (what: Words, least: number, most: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .min(least, tooShort(what, least))
    .max(most, tooLong(what, most))
    .refine((typed) => LINE.test(typed), HIDDEN)
    .refine((typed) => !looksPersonal(typed), PERSONAL)
    .refine(isPlainMarkdown, NOT_PLAIN)
const prose = (what: Words, least: number, most: number) =>
  z
    .string()
    // What a browser sends for the end of a line.
    .overwrite((typed) => typed.replaceAll('\r\n', '\n'))
    .trim()
    .normalize('NFC')
    .min(least, tooShort(what, least))
    .max(most, tooLong(what, most))
    .refine((typed) => LINES.test(typed), HIDDEN)
    .refine((typed) => !looksPersonal(typed), PERSONAL)
    .refine(isPlainMarkdown, NOT_PLAIN)

const UNCONFIRMED = told({
  fr: 'Seule une inspection peut confirmer une correspondance : laissez-la « non vérifiée ».',
  en: 'Only an inspector can confirm an alignment: leave it “unverified”.',
})
const BAD_CODE = told({
  fr: 'Ce code n’a pas la forme de son référentiel (par exemple RNCP38566, H3203, 4.3).',
  en: 'This code does not have the form of its framework (for example RNCP38566, H3203, 4.3).',
})
const notTheAddress = (url: string) =>
  told({
    fr: `L’adresse officielle de ce code est ${url}.`,
    en: `The official address of this code is ${url}.`,
  })

const Alignment = z
  .strictObject({
    framework: z.enum(FRAMEWORK_NAMES),
    code: z.string().trim().max(20),
    name: text({ fr: 'Intitulé', en: 'Title' }, 1, 200),
    url: z.url({ protocol: /^https$/ }).max(300),
    /** An inspector has confirmed it. Nobody in this service may say so yet, so it is always false. */
    verified: z.boolean().refine((claimed) => !claimed, UNCONFIRMED),
  })
  .superRefine(({ framework, code, url }, refusal) => {
    const { pattern, urlOf } = FRAMEWORKS[framework]
    if (!pattern.test(code)) refusal.addIssue({ code: 'custom', path: ['code'], message: BAD_CODE })
    else if (url !== urlOf(code))
      refusal.addIssue({ code: 'custom', path: ['url'], message: notTheAddress(urlOf(code)) })
  })
export type Alignment = z.infer<typeof Alignment>

const UNDRAWABLE = told({
  fr: 'Le dessin ne connaît que les lettres, les chiffres et ’ - . , : & + / ° % ! ?.',
  en: 'The drawing knows letters, figures and ’ - . , : & + / ° % ! ? only.',
})
const TOO_LONG = told({
  fr: 'Ce texte est trop long pour être lu sur le dessin : deux lignes d’une douzaine de lettres.',
  en: 'This text is too long to be read in the drawing: two lines of about twelve letters.',
})

const HOURS = told({
  fr: 'Écrivez un nombre d’heures, par demi-heures (8 ou 8,5), 200 au plus.',
  en: 'Write a number of hours, by halves (8 or 8.5), 200 at most.',
})
const DAYS = told({
  fr: 'Écrivez un nombre entier de jours, de 1 à 60.',
  en: 'Write a whole number of days, from 1 to 60.',
})
const MONTHS = told({
  fr: 'Écrivez un nombre entier de mois, de 1 à 120, ou laissez vide : sans limite.',
  en: 'Write a whole number of months, from 1 to 120, or leave it empty: without limit.',
})

const Requirement = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mentoring'),
    sessionKind: z.enum(['PROJET', 'IMMERSION', 'CARRIERE', 'ANY']),
    hours: z.number(HOURS).multipleOf(0.5, HOURS).min(0.5, HOURS).max(200, HOURS),
    ownCompany: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('placement'),
    days: z.int(DAYS).min(1, DAYS).max(60, DAYS),
    ownCompany: z.boolean(),
  }),
])
export type Requirement = z.infer<typeof Requirement>

export const MAX_ALIGNMENTS = 12
export const MAX_REQUIREMENTS = 6
const NO_RULE = told({
  fr: 'Demandez au moins une preuve : une séance de mentorat ou une période en entreprise.',
  en: 'Ask for at least one piece of evidence: a mentoring session or a placement.',
})

/** Everything that an award of a template version rests on. Any change of it is another digest. */
export const Definition = z.strictObject({
  name: text({ fr: 'Nom', en: 'Name' }, 3, 80),
  description: prose({ fr: 'Description', en: 'Description' }, 10, 400),
  /** Markdown, without HTML. */
  criteria: prose({ fr: 'Critères', en: 'Criteria' }, 20, 4_000),
  theme: text({ fr: 'Thème', en: 'Theme' }, 2, 60),
  language: z.literal('fr'),
  alignments: z.array(Alignment).max(MAX_ALIGNMENTS),
  /** OB-03: the diploma that it complements. */
  complements: z
    .strictObject({
      label: text({ fr: 'Diplôme', en: 'Diploma' }, 3, 120),
      rncp: z.string().regex(FRAMEWORKS.RNCP.pattern, BAD_CODE).nullable(),
      cfd: z.string().regex(FRAMEWORKS.CFD.pattern, BAD_CODE).nullable(),
    })
    .refine(({ rncp, cfd }) => rncp !== null || cfd !== null, {
      path: ['rncp'],
      message: told({
        fr: 'Indiquez le diplôme complété par son numéro RNCP ou son code de formation (CFD).',
        en: 'Name the diploma that it complements by its RNCP number or its code (CFD).',
      }),
    }),
  rule: z.array(Requirement).min(1, NO_RULE).max(MAX_REQUIREMENTS),
  picture: z.strictObject({
    shape: z.enum(SHAPES),
    colour: z.enum(COLOURS),
    icon: z.enum(ICONS),
    /** Drawn in capitals; none: the icon alone. */
    text: text({ fr: 'Texte du dessin', en: 'Text of the drawing' }, 0, MAX_LETTERS)
      .refine((typed) => undrawable(typed).length === 0, UNDRAWABLE)
      .refine(textFits, TOO_LONG)
      .optional(),
  }),
  validityMonths: z.int(MONTHS).min(1, MONTHS).max(120, MONTHS).nullable(),
})
export type Definition = z.infer<typeof Definition>

/** SHA-256 of the JCS form, hex: what a company endorses. */
export function digestOfDefinition(definition: Definition): string {
  return digestOf(definition)
}
