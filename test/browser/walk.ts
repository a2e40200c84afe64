import type { Page } from 'playwright-core'

/** Addresses that people open and that are no `page` of the app: files with a page of their own. */
const OTHER_PAGES = ['/b/:token', '/achievements/:id', '/achievements/:id/v/:n']

/** Which page of the app an address belongs to, as its route: `/cohorts/:id`. Undefined for what is no page. */
export type ShapeOf = (path: string) => string | undefined

/** @param routes of the pages, in Express form */
export function shapesOf(routes: readonly string[]): ShapeOf {
  const known = [...new Set([...routes, ...OTHER_PAGES])]
    .map((route) => ({ route, form: new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`) }))
    // `/people/new` before `/people/:id`.
    .toSorted((one, other) => one.route.split(':').length - other.route.split(':').length)
  return (path) => known.find(({ form }) => form.test(path.replace(/[?#].*/, '')))?.route
}

type Walk = Readonly<{
  url: string
  shapeOf: ShapeOf
  starts: readonly string[]
  /** Follow no link. */
  onlyStarts?: boolean
  /** Whether a page of this shape is drawn; of others only the links are read. */
  isDrawn?: (shape: string) => boolean
}>

/**
 * Opens `starts`, and of all that these pages link to one address of each shape; `look` is called on each, once it
 * is open.
 *
 * @param look told the shape, the address that was opened, and the status of the answer
 */
export async function walk(
  page: Page,
  { url, shapeOf, starts, onlyStarts = false, isDrawn = () => true }: Walk,
  look: (shape: string, path: string, status: number | undefined) => Promise<void>,
): Promise<void> {
  const found = new Map(starts.map((path) => [shapeOf(path) ?? path, path]))
  // A map goes on to what is added while it is read.
  for (const [shape, path] of found) {
    const drawn = isDrawn(shape)
    const answer = drawn ? await page.goto(url + path) : await page.request.get(url + path)
    const html = (await answer?.text()) ?? ''
    if (drawn || answer?.ok() === false) await look(shape, path, answer?.status())
    for (const link of onlyStarts ? [] : linksOf(html)) {
      const next = shapeOf(link)
      if (next !== undefined && !found.has(next)) found.set(next, link)
    }
  }
}

/** Signs in by the form, as an account of the demo. */
export async function signIn(
  page: Page,
  url: string,
  { email, password }: Readonly<{ email: string; password: string }>,
): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Adresse électronique').fill(email)
  await page.getByLabel('Mot de passe').fill(password)
  await page.locator('main').getByRole('button', { name: 'Se connecter', exact: true }).click()
  await page.waitForURL(`${url}/`)
}

/** Within the service, without those of the foot and those to the other language. */
function linksOf(html: string): string[] {
  const anchors = html.replace(/<footer.*/s, '').matchAll(/<a\b[^>]*\bhref="(\/[^"]*)"[^>]*>/g)
  return [...anchors]
    .filter(([anchor]) => !anchor.includes('hreflang'))
    .map(([, href = '']) => href.replaceAll('&amp;', '&'))
}
