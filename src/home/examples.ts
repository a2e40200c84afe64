import { Router } from 'express'
import { EXAMPLE_DEFINITIONS } from '../templates/examples.js'
import { drawPicture } from '../templates/picture.js'

/** One of each shape, of the badges that the service proposes to begin with: real data of nobody. */
const SHOWN = EXAMPLE_DEFINITIONS.slice(0, 3)

/** For the first page: where the picture is, and what it stands for. */
export const EXAMPLES = SHOWN.map(({ name }, at) => ({ src: `/examples/${at + 1}.svg`, name }))

/** The pictures, drawn once. */
export function examplePictures(): Router {
  const router = Router()
  for (const [at, { picture }] of SHOWN.entries()) {
    const svg = drawPicture(picture)
    router.get(`/examples/${at + 1}.svg`, (_req, res) => {
      res.set('Cache-Control', 'public, max-age=86400').type('image/svg+xml').send(svg)
    })
  }
  return router
}
