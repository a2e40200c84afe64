import { describe, expect, test } from 'vitest'
import {
  guessMapping,
  isNeverRead,
  locate,
  NamedMapping,
} from '../../../src/mentoring/class-list/column-mapping.js'
import { LEVELS } from '../../../src/mentoring/levels.js'
import { toLevel, toListedDay, toSex, toYear } from '../../../src/mentoring/class-list/values.js'
import { refusalOf } from '../../people/people.js'

const guessed = (name: string) => Object.keys(guessMapping([name]).columns)[0]

describe('the title of a column', () => {
  test.each([
    ['ID_NATIONAL', ['INE', 'ID_NATIONAL', 'N° INE', 'Numéro national', 'Identifiant national']],
    ['NOM_DE_FAMILLE', ['NOM', 'Nom de famille', 'NOM_DE_FAMILLE', 'Nom de l’élève']],
    ['NOM_USAGE', ['Nom d’usage', "NOM D'USAGE"]],
    ['PRENOM', ['PRENOM', 'Prénoms', 'Prénom 1', 'Premier prénom']],
    ['DATE_NAISS', ['NE(E) LE', 'Né le', 'Née le', 'DATE_NAISS', 'Date de naissance']],
    ['CODE_SEXE', ['SEXE', 'Code sexe', 'Genre']],
    ['CODE_STRUCTURE', ['CLASSE', 'Classes', 'DIVISION', 'Code structure']],
    ['CODE_MEF', ['MEF', 'Code MEF', 'MEF_CODE']],
    ['NIVEAU', ['Niveau']],
    ['DATE_SORTIE', ['Date de sortie', 'DATE_SORTIE']],
    ['UAI', ['UAI', 'RNE', 'Code UAI']],
    ['ANNEE_SCOLAIRE', ['Année scolaire']],
  ])('lets %s be guessed', (field, names) => {
    for (const name of names) expect(guessed(name), name).toBe(field)
  })

  test.each(['Nom du responsable', 'Lieu de naissance', 'Prénom de la mère', 'Date d’entrée', 'x'])(
    '“%s” lets nothing be guessed',
    (name) => {
      expect(guessed(name)).toBeUndefined()
    },
  )

  test.each([
    'Adresse',
    'TÉL. PARENT',
    'Nom du responsable',
    'Ville de naissance',
    'Courriel',
    'Boursier',
    'Nationalité',
    'PAI',
  ])('“%s” is never read', (name) => {
    expect(isNeverRead(name)).toBe(true)
  })

  test.each([
    'NOM',
    'Prénom',
    'Né(e) le',
    'INE',
    'Classe',
    'MEF',
    'Niveau',
    'UAI',
    'Télématique 2',
  ])('“%s” may be read', (name) => {
    expect(isNeverRead(name)).toBe(false)
  })

  test('tells that the level stands in a column of its own, unless there is the MEF', () => {
    expect(guessMapping(['Niveau']).level).toBe('NIVEAU')
    expect(guessMapping(['Niveau', 'MEF']).level).toBe('CODE_MEF')
  })
})

describe('a mapping that names columns', () => {
  const columns = {
    ID_NATIONAL: 'ine',
    NOM_DE_FAMILLE: 'NOM',
    PRENOM: 'prenom',
    DATE_NAISS: 'née le',
    CODE_STRUCTURE: 'classe',
  }
  const header = ['INE', 'Nom', 'Prénom', 'Née le', 'Classe', 'x', 'x']

  test('finds them whatever their capitals and accents', () => {
    expect(locate({ columns, level: '3E' }, header).columns).toEqual({
      ID_NATIONAL: 0,
      NOM_DE_FAMILLE: 1,
      PRENOM: 2,
      DATE_NAISS: 3,
      CODE_STRUCTURE: 4,
    })
  })

  test.each(['y', 'x'])('is refused for a title that is there %s times', async (title) => {
    const named = { columns: { ...columns, CODE_SEXE: title }, level: '3E' as const }
    const act = Promise.resolve().then(() => locate(named, header))
    expect((await refusalOf(act)).words.en).toContain(`one column “${title}”`)
  })

  test('has no field that we do not know', () => {
    expect(NamedMapping.safeParse({ columns: { role: 'x' } }).success).toBe(false)
    expect(NamedMapping.safeParse({ columns, tenant_id: 1 }).success).toBe(false)
    expect(NamedMapping.parse({ columns }).level).toBe('CODE_MEF')
  })
})

describe('what people write', () => {
  test.each([
    ['4E', ['4e', '4ème', 'Quatrième']],
    ['3E', ['3', '3EME', 'troisième']],
    ['2NDE_PRO', ['2NDPRO', '2nde pro', '2de Pro', 'Seconde professionnelle']],
    ['1RE_PRO', ['1ERPRO', '1ère pro', 'Première pro']],
    ['TLE_PRO', ['TLEPRO', 'Tle pro', 'Terminale professionnelle']],
    ['BTS1', ['BTS 1', '1BTS', 'bts première année']],
    ['BTS2', ['BTS2', '2 BTS', 'BTS 2e année']],
  ])('is the level %s', (level, texts) => {
    for (const text of texts) expect(toLevel(text), text).toBe(level)
  })

  test('every level is known by its own code, and others are none', () => {
    const followed = LEVELS.filter((level) => level !== '6E' && level !== '5E')
    for (const level of followed) expect(toLevel(level), level).toBe(level)
    expect(toLevel('2nde GT')).toBe('2NDE_GT')
    for (const text of ['', 'CAP 1', '6e', '5e', 'Terminale', 'BTS']) {
      expect(toLevel(text), text).toBeUndefined()
    }
  })

  test('is a sex, by code, letter or word', () => {
    expect(['1', 'M', 'h', 'G', 'Masculin', 'garçon'].map(toSex)).toEqual(Array(6).fill('M'))
    expect(['2', 'F', 'f', 'Féminin', 'femme', 'FILLE'].map(toSex)).toEqual(Array(6).fill('F'))
    for (const text of ['', '0', '3', 'X', 'constructor']) expect(toSex(text)).toBeUndefined()
  })

  test('is a school year', () => {
    expect(['2026', '2026-2027', '2026/2027', '2026-27'].map(toYear)).toEqual(Array(4).fill(2026))
    for (const text of ['', '26', '1999', '2026-', 'an 2026']) expect(toYear(text)).toBeUndefined()
  })

  test.each([
    ['03/02/2011', '2011-02-03'],
    ['3/2/2011', '2011-02-03'],
    ['03.02.2011', '2011-02-03'],
    ['2011-02-03', '2011-02-03'],
    ['2011-02-03 00:00:00', '2011-02-03'],
    ['29/02/2012', '2012-02-29'],
    ['29/02/2011', undefined],
    ['02/13/2011', undefined],
    ['2011-13-02', undefined],
    ['03/02/11', undefined],
    ['2011/02/03', undefined],
    ['03/02/2011 x', undefined],
  ])('is a day: %s', (text, day) => {
    expect(toListedDay(text)).toBe(day)
  })
})
