import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import { Button, Form } from '../../../web/components/form.js'
import { BATCHES, type BadgeAct } from '../acts.data.js'
import type { BatchView } from '../see-batch.js'
import { WAY } from './new-batch.js'
import { Said } from './parts.js'

type Props = { asked: Asked; batch: BatchView; act: BadgeAct; batchKey: string }

/** One act on all badges that a batch has issued. */
export function OnIssuedPage({ asked, batch, act, batchKey }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { title, verb } = BATCHES[act]
  const back = { href: `/batches/${batch.publicId}`, title: say.instant(batch.madeAt) }
  const count = batch.counts.done
  return (
    <Sheet asked={asked} title={title} way={[...WAY(say), back]}>
      <p>
        {say({
          fr: `Tous les badges de ce lot : ${say.number(count)}. Pour en choisir quelques-uns, partez de `,
          en: `All badges of this batch: ${say.number(count)}. To choose some of them, start from `,
        })}
        <a href={`/batches/new?act=${act}`}>{say({ fr: 'la liste', en: 'the list' })}</a>.
      </p>
      <Form state={state}>
        <input type="hidden" name="key" value={batchKey} />
        <Said state={state} act={act} />
        <p class="actions">
          <Button kind={act === 'revoke' ? 'danger' : 'primary'}>{say(verb)}</Button>
        </p>
      </Form>
    </Sheet>
  )
}
