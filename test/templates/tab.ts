import request from 'supertest'
import { createApp } from '../../src/app.js'
import type { Role } from '../../src/context.js'
import { PASSWORD, somebody } from '../people/people.js'
import type { World } from '../support/world.js'

export type Tab = Awaited<ReturnType<typeof signedIn>>
export type Fields = Record<string, string>

/** Somebody's browser, signed in: it keeps cookies and sends forms with their hidden fields. */
export async function signedIn(world: World, role: Role, organisationId: number) {
  const email = `${role}.${organisationId}@example.org`
  const person = await somebody(world, email, { role, organisationId })
  const app = createApp(world)
  const cookies = new Map<string, string>()
  const keep = (answer: request.Response) => {
    for (const cookie of answer.get('Set-Cookie') ?? []) {
      const [name, value] = cookie.split(';')[0]!.split('=') as [string, string]
      cookies.set(name, value)
    }
    return answer
  }
  const cookie = () => [...cookies].map((pair) => pair.join('=')).join('; ')
  const get = async (path: string) =>
    keep(await request(app).get(path).set('Cookie', cookie()).set('Accept', 'text/html'))
  const post = async (path: string, fields: Fields) => {
    const sent = request(app).post(path).set('Cookie', cookie()).set('Accept', 'text/html')
    return keep(await sent.set('Sec-Fetch-Site', 'same-origin').type('form').send(fields))
  }
  const send = async (path: string, fields: Fields) =>
    post(path, { ...hiddenIn((await get(path)).text), ...fields })
  await send('/sign-in', { email, password: PASSWORD })
  return { person, get, post, send }
}

export function hiddenIn(html: string): Fields {
  const found = [...html.matchAll(/type="hidden" name="([\w-]+)" value="([^"]*)"/g)]
  return Object.fromEntries(found.map(([, name, value]) => [name!, value!]))
}

/** As somebody fills the form in, with a comma and a number that lacks its capitals. */
export const typed: Fields = {
  do: 'save',
  name: 'Stratifier au contact',
  description: 'Stratifier une pièce sans défaut apparent.',
  criteria: '- prépare **seul** son poste\r\n- stratifie une pièce conforme',
  theme: 'COMPOSITES',
  'complements-label': 'Bac pro Plastiques et composites',
  'complements-rncp': 'rncp 38566',
  'alignments-1-framework': 'ROME',
  'alignments-1-code': 'h3203',
  'alignments-1-name': 'Fabrication de pièces en matériaux composites',
  'rule-0-amount': '8,5',
  'rule-0-what': 'PROJET',
  'rule-0-who': 'own',
  'rule-1-amount': '10',
  'rule-1-what': 'PLACEMENT',
  'rule-1-who': 'partner',
  'picture-shape': 'shield',
  'picture-colour': 'moss',
  'picture-icon': 'leaf',
  'picture-text': 'Zéro rebut',
}

/** What a browser sends of a form's visible inputs. */
export function inputsIn(html: string): Fields {
  const unescape = (text: string) =>
    text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&')
  const attribute = (tag: string, name: string) =>
    unescape(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
  const inputs = [...html.matchAll(/<input [^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !/type="hidden"/.test(tag))
    .filter((tag) => !/type="radio"/.test(tag) || / checked/.test(tag))
    .map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')])
  const areas = [...html.matchAll(/<textarea [^>]*name="(\w+)"[^>]*>([^<]*)</g)].map(
    ([, name, text]) => [name!, unescape(text!)],
  )
  const selects = [...html.matchAll(/<select [^>]*name="([\w-]+)"[^>]*>(.*?)<\/select>/gs)].map(
    ([, name, options]) => {
      const all = [...options!.matchAll(/<option [^>]*>/g)].map(([tag]) => tag)
      const chosen = all.find((tag) => / selected/.test(tag)) ?? all[0]!
      return [name!, attribute(chosen, 'value')]
    },
  )
  return Object.fromEntries([...inputs, ...areas, ...selects]) as Fields
}
