type Reference = Readonly<{ pattern: RegExp; urlOf: (code: string) => string; example: string }>

/**
 * The frameworks that a badge may be aligned to: what their identifiers look like, and the official
 * page that describes one, or the whole framework where single entries have no page of their own.
 */
export const FRAMEWORKS = {
  RNCP: {
    pattern: /^RNCP\d{1,5}$/,
    urlOf: (code) => `https://www.francecompetences.fr/recherche/rncp/${code.slice(4)}/`,
    example: 'RNCP38566',
  },
  RS: {
    pattern: /^RS\d{1,5}$/,
    urlOf: (code) => `https://www.francecompetences.fr/recherche/rs/${code.slice(2)}/`,
    example: 'RS5487',
  },
  /** Code formation-diplôme, in the nomenclatures of the ministry. */
  CFD: {
    pattern: /^\d{8}$/,
    urlOf: () =>
      'https://infocentre.pleiade.education.fr/bcn/workspace/viewTable/n/N_FORMATION_DIPLOME',
    example: '40022503',
  },
  ROME: {
    pattern: /^[A-N]\d{4}$/,
    urlOf: (code) => `https://candidat.francetravail.fr/metierscope/fiche-metier/${code}`,
    example: 'H3203',
  },
  /** An appellation of the ROME. */
  OGR: {
    pattern: /^\d{4,6}$/,
    urlOf: () => 'https://www.francetravail.org/opendata/repertoire-operationnel-des-meti.html',
    example: '14530',
  },
  GreenComp: {
    pattern: /^[1-4]\.[1-3]$/,
    urlOf: () => 'https://doi.org/10.2760/13286',
    example: '4.3',
  },
} as const satisfies Readonly<Record<string, Reference>>

/** « RNCP38566 », « ROME H3203 »: the framework is named once. */
export function codeInWords({ framework, code }: Readonly<Record<'framework' | 'code', string>>) {
  return code.startsWith(framework) ? code : `${framework}\u00a0${code}`
}

export type Framework = keyof typeof FRAMEWORKS
export const FRAMEWORK_NAMES = Object.keys(FRAMEWORKS) as [Framework, ...Framework[]]
