import { z } from 'zod'
import { page } from '../../web/page.js'
import { isLevel } from '../levels.js'
import { seeIndicators } from './see-indicators.js'
import { IndicatorsPage } from './views/indicators.js'

/** What is not understood is left out: an address that was typed wrong still shows something. */
export const IndicatorsQuery = z.object({
  place: z.string().max(64).optional().catch(undefined),
  scheme: z.string().max(40).optional().catch(undefined),
  year: z.coerce.number().int().min(2000).max(2100).optional().catch(undefined),
  level: z.string().refine(isLevel).optional().catch(undefined),
  department: z.string().max(3).optional().catch(undefined),
})

const indicatorsPage = page({
  path: '/indicators',
  access: 'signed-in',
  query: IndicatorsQuery,
  async show(ctx, asked, actor) {
    return <IndicatorsPage asked={asked} view={await seeIndicators(ctx, actor, asked.query)} />
  },
})

export const indicatorPages = [indicatorsPage]
