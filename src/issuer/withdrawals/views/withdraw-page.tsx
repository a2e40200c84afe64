import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import { Notice } from '../../../web/components/blocks.js'
import { Button, Field, Form } from '../../../web/components/form.js'
import type { Link } from '../../../web/components/links.js'
import type { Words } from '../../../words.js'
import { FunctionField } from '../../views/dossier-actions.js'

type Props = { asked: Asked; of: 'award' | 'definition'; name: string; back: Link }

/** What it means to withdraw an endorsement, why it is done, and the button. */
export function WithdrawPage({ asked, of, name, back }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Sheet asked={asked} title={WITHDRAW} way={[back]}>
      <p lang="fr">{name}</p>
      <Notice kind="warning">
        <p>{say(MEANING[of])}</p>
      </Notice>
      <Form state={state}>
        <FunctionField state={state} />
        <Field
          state={state}
          name="reason"
          type="textarea"
          rows={3}
          label={say({ fr: 'Raison', en: 'Reason' })}
          hint={say({
            fr: 'De 5 à 300 caractères. Elle est montrée à qui vérifie le badge : ne dites rien de l’élève.',
            en: '5 to 300 characters. It is shown to whoever verifies the badge: say nothing about the student.',
          })}
        />
        <p class="actions">
          <Button kind="danger">
            {say({ fr: 'Retirer pour de bon', en: 'Withdraw for good' })}
          </Button>
        </p>
      </Form>
    </Sheet>
  )
}

export const WITHDRAW: Words = {
  fr: 'Retirer l’endossement de l’entreprise',
  en: 'Withdraw the company’s endorsement',
}

const MEANING: Readonly<Record<Props['of'], Words>> = {
  award: {
    fr: 'Le badge reste valable : c’est le lycée qui le délivre. Mais il dira, à qui le vérifie, que l’entreprise ne s’en porte plus garante, et pourquoi. Le lycée en est averti. On ne peut pas revenir en arrière.',
    en: 'The badge stays valid: the school issues it. But it will say, to whoever verifies it, that the company stands by it no more, and why. The school is told. This can’t be undone.',
  },
  definition: {
    fr: 'Cette version ne sera plus attribuée. Les badges déjà délivrés restent valables, mais diront, à qui les vérifie, que l’entreprise ne se porte plus garante de leur définition, et pourquoi. Les lycées en sont avertis. On ne peut pas revenir en arrière.',
    en: 'This version will not be awarded any more. Badges that were issued stay valid, but will say, to whoever verifies them, that the company stands by their definition no more, and why. The schools are told. This can’t be undone.',
  },
}
