import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import { Table } from '../../../web/components/blocks.js'
import { LinkList, Pagination } from '../../../web/components/links.js'
import { State } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import { BATCHES, type BatchAct } from '../acts.data.js'
import type { BatchLine } from '../see-batch.js'
import { STANDING_WORDS } from './wording.js'

export const TITLE = { fr: 'Lots', en: 'Batches' }

type Props = {
  asked: Asked
  acts: readonly BatchAct[]
  list: Readonly<{ batches: readonly BatchLine[]; page: number; more: boolean }>
}

/** What can be done for many at once; and the batches that were made. */
export function BatchesView({ asked, acts, list }: Props): VNode {
  const { say } = formStateOf(asked)
  const { page, more } = list
  return (
    <Sheet asked={asked} title={TITLE} way={[{ href: '/dossiers', title: 'Dossiers' }]}>
      <p>
        {say({
          fr: 'Un lot fait la même étape pour plusieurs élèves, chacun selon les mêmes règles que s’il était seul. Il se termine par un reçu signé.',
          en: 'A batch takes one step for several students, each under the same rules as one alone. It ends in a signed receipt.',
        })}
      </p>
      <LinkList
        links={[
          ...acts.map((act) => ({
            href: `/batches/new?act=${act}`,
            title: say(BATCHES[act].title),
          })),
          {
            href: '/batches/csv',
            title: say({ fr: 'Partir d’un fichier CSV', en: 'Start from a CSV file' }),
          },
        ]}
      />
      <h2>{say({ fr: 'Lots déjà faits', en: 'Batches made' })}</h2>
      <Table
        caption={say({ fr: 'Du plus récent au plus ancien', en: 'Newest first' })}
        head={[
          say({ fr: 'Lot', en: 'Batch' }),
          say({ fr: 'Étape', en: 'Step' }),
          say({ fr: 'Fait', en: 'Done' }),
          say({ fr: 'Refusé', en: 'Refused' }),
          say({ fr: 'État', en: 'State' }),
        ]}
        rows={list.batches.map((one) => lineOf(say, one))}
        empty={say({ fr: 'Aucun lot pour l’instant.', en: 'No batch yet.' })}
      />
      <Pagination
        say={say}
        page={page}
        pages={more ? page + 1 : page}
        hrefOf={(other) => `/batches?page=${other}`}
      />
    </Sheet>
  )
}

function lineOf(say: Say, { publicId, act, standing, madeAt, counts }: BatchLine) {
  const { done, refused, cancelled, open } = counts
  const all = done + refused + cancelled + open
  const { tone, words } = STANDING_WORDS[standing]
  return [
    <a href={`/batches/${publicId}`}>{say.instant(madeAt)}</a>,
    say(BATCHES[act].title),
    say({ fr: `${say.number(done)} sur ${say.number(all)}`, en: `${done} of ${all}` }),
    say.number(refused),
    <State tone={tone}>{say(words)}</State>,
  ]
}
