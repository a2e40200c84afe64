import { page } from '../../web/page.js'
import { seeKept } from './see-kept.js'
import { KeptPage } from './views/kept.js'

const keptPage = page({
  path: '/kept-until',
  access: 'signed-in',
  async show(ctx, asked, actor) {
    return <KeptPage asked={asked} kept={await seeKept(ctx, actor)} />
  },
})

export const keptPages = [keptPage]
