import { beforeEach, describe, expect, test } from 'vitest'
import type { Organisation } from '../../src/people/store.js'
import { EXAMPLE_DEFINITIONS } from '../../src/templates/examples.js'
import { listVersionsOf } from '../../src/templates/store.js'
import { aCompany } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'
import { hiddenIn, inputsIn, signedIn, typed, type Tab } from './tab.js'

let world: World
let company: Organisation
let admin: Tab

beforeEach(async () => {
  world = await openWorld()
  company = await aCompany(world, 'Composites du Lac DÉMO')
  admin = await signedIn(world, 'company-admin', company.id)
})

const versions = () => listVersionsOf(world.db, company.id)
const defined = async () => (await admin.send('/definitions/new', typed)).headers.location!

describe('the designer', () => {
  test('comes back with each fault beside its own input, and with all that was typed', async () => {
    const answer = await admin.send('/definitions/new', {
      ...typed,
      name: '',
      theme: 'OTHER',
      themeOther: '',
      'complements-rncp': '38',
      'alignments-1-code': 'O9999',
      'rule-1-amount': 'dix',
      'picture-text': 'Anticonstitutionnellement',
      validityMonths: '1,5',
    })
    expect(answer.status).toBe(400)
    for (const input of [
      'name',
      'themeOther',
      'complements-rncp',
      'alignments-1-code',
      'rule-1-amount',
      'picture-text',
      'validityMonths',
    ]) {
      expect(answer.text, input).toContain(`<a href="#field-${input}">`)
      expect(answer.text, input).toMatch(new RegExp(`id="field-${input}"[^>]* aria-invalid="true"`))
    }
    expect(answer.text).toContain('Nom\u00a0: écrivez au moins 3 caractères.')
    expect(answer.text).toContain('value="dix"')
    expect(answer.text).toContain('stratifie une pièce conforme</textarea>')
    expect(answer.text).toMatch(/<option (?=[^>]*selected)[^>]*value="PLACEMENT"/)
    expect(await versions()).toEqual([])
  })

  test('asks for evidence at the first sentence, and refuses what would never be signed', async () => {
    const { text } = await admin.send('/definitions/new', {
      ...typed,
      'rule-0-amount': '',
      'rule-1-amount': '',
      description: 'Écrire à quelqu.un@example.org pour en savoir plus.',
      criteria: 'Voir <b>tout</b> ce que l’on demande ici.',
    })
    expect(text).toMatch(/id="field-rule-0-amount"[^>]* aria-invalid="true"/)
    expect(text).toMatch(/id="error-description">[^<]*adresse électronique/)
    expect(text).toMatch(/id="error-criteria">[^<]*HTML/)
    expect(text).not.toContain('<b>tout</b>')
  })

  test('draws what was chosen, adds rows and inserts the example, and saves nothing', async () => {
    const seen = await admin.send('/definitions/new', { ...typed, do: 'look' })
    expect(seen.status).toBe(200)
    expect(seen.text).toContain(
      'aria-label="Un écu vert mousse avec une feuille et le texte «\u00a0Zéro rebut\u00a0»"',
    )
    expect(seen.text).toContain('value="8,5"')
    const more = await admin.send('/definitions/new', { ...typed, do: 'add-alignment' })
    expect(more.text).toContain('id="field-alignments-3-code"')
    const sentence = await admin.send('/definitions/new', { ...typed, do: 'add-requirement' })
    expect(sentence.text).toContain('id="field-rule-2-amount"')
    const inserted = await admin.send('/definitions/new', { ...typed, do: 'insert-example' })
    expect(inserted.text).toMatch(/conforme\s+L’élève, seul à son poste[^<]*<\/textarea>/)
    expect(await versions()).toEqual([])
  })

  test('has at most twelve alignments and six sentences', async () => {
    const full = { ...typed, 'alignments-rows': '12', 'rule-rows': '6', do: 'look' }
    const { text } = await admin.send('/definitions/new', full)
    expect(text).toContain('id="field-alignments-11-code"')
    expect(text).not.toMatch(/value="add-(alignment|requirement)"/)
    const beyond = await admin.send('/definitions/new', { ...full, 'alignments-rows': '1e9' })
    expect(beyond.text).not.toContain('id="field-alignments-12-code"')
  })

  test.each(EXAMPLE_DEFINITIONS.map((example, at) => [example.name, at] as const))(
    'begins with the example « %s » and saves it as it is',
    async (_, at) => {
      const path = `/definitions/new?example=${at + 1}`
      const { text } = await admin.get(path)
      await admin.post(path, { ...hiddenIn(text), ...inputsIn(text), do: 'save' })
      expect((await versions())[0]?.definition).toEqual(EXAMPLE_DEFINITIONS[at])
    },
  )

  test('shows the examples as unverified', async () => {
    const { text } = await admin.get('/definitions/examples')
    expect(text.match(/Partir de cet exemple/g)).toHaveLength(7)
    expect(text).toContain('non vérifiée par une inspection')
  })

  test('does not lose what was typed when somebody else has changed the draft', async () => {
    const path = await defined()
    const opened = hiddenIn((await admin.get(`${path}/edit`)).text)
    await admin.send(`${path}/edit`, { ...typed, name: 'Le premier enregistré' })
    const late = await admin.post(`${path}/edit`, { ...typed, ...opened, name: 'Le second' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('value="Le second"')
    // Sent once more, it still does not overwrite what nobody has read.
    const again = { ...typed, ...hiddenIn(late.text), name: 'Le second' }
    expect((await admin.post(`${path}/edit`, again)).status).toBe(409)
    expect((await versions())[0]?.definition.name).toBe('Le premier enregistré')
  })

  test('publishes nothing but the draft that was read', async () => {
    const path = await defined()
    const opened = hiddenIn((await admin.get(path)).text)
    await admin.send(`${path}/edit`, { ...typed, name: 'Changé entre-temps' })
    const late = await admin.post(path, { ...opened, do: 'publish' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('a changé')
    expect((await versions())[0]?.publishedAt).toBeNull()
  })

  test('is complete in English', async () => {
    const { text } = await admin.get('/definitions/new?lang=en')
    const english = text.replaceAll(/<pre.*?<\/pre>|<p lang="fr">.*?<\/p>/gs, '')
    expect(english).not.toMatch(/Enregistrer|Critères|Preuve|facultatif|Ajouter|Couleur/)
  })
})
