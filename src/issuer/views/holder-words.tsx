import type { VNode } from 'preact'
import type { Say } from '../../web/say.js'

const UNNAMED = {
  fr: 'À un élève, identifié par la détention de ce badge. Son nom n’y figure pas : cette page ne dit pas qui vous la montre.',
  en: 'To a student, identified by holding this badge. Their name is not in it: this page does not tell who shows it to you.',
}
const SEVERAL_UNNAMED = {
  fr: 'À un élève, identifié par la détention de ces badges. Son nom n’y figure pas : cette page ne dit pas qui vous la montre.',
  en: 'To a student, identified by holding these badges. Their name is not in them: this page does not tell who shows it to you.',
}
const NAMED = {
  fr: 'C’est le nom que tient le lycée. La personne a choisi de l’ajouter à cette page : il n’est pas dans le badge signé, et la signature ne le garantit pas. Demandez une pièce d’identité si cela compte.',
  en: 'This is the name that the school has. The person chose to add it to this page: it is not in the signed badge, and the signature does not vouch for it. Ask for an identity document if it matters.',
}

type Props = { say: Say; holder: string | null; several?: boolean }

/** To whom a badge, or several, were issued, as far as their page tells. */
export function HolderWords({ say, holder, several }: Props): VNode {
  if (holder === null) return <p>{say(several ? SEVERAL_UNNAMED : UNNAMED)}</p>
  return (
    <>
      <p>
        <strong lang="">{holder}</strong>
      </p>
      <p>{say(NAMED)}</p>
    </>
  )
}
