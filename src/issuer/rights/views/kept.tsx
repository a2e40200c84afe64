import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import type { Say } from '../../../web/say.js'
import type { Kept, NoDay, RecordKept } from '../see-kept.js'
import { ADULTS, WARNING_DAYS } from '../retention.data.js'

const TITLE = { fr: 'Jusqu’à quand', en: 'Until when' }

/** Until when the service keeps what is of the person who looks. */
export function KeptPage({ asked, kept }: { asked: Asked; kept: Kept }): VNode {
  const { say } = formStateOf(asked)
  const way = [{ href: '/account', title: say({ fr: 'Mon compte', en: 'My account' }) }]
  const sentences =
    kept.records.length > 0
      ? kept.records.map((day) => ofRecord(day, say))
      : [ofAccount(kept.account, say)]
  return (
    <Sheet asked={asked} title={TITLE} way={way}>
      {sentences.map((sentence) => (
        <p>{sentence}</p>
      ))}
      <p>
        {say({
          fr: `${WARNING_DAYS} jours avant, un message vous prévient, si vous avez une adresse ici. Connectez-vous alors, et la durée est comptée de nouveau.`,
          en: `${WARNING_DAYS} days before, a mail warns you, if you have an address here. Sign in then, and the time is counted anew.`,
        })}
      </p>
    </Sheet>
  )
}

/** Of a record for which no day holds. */
export function withoutDay({ why }: NoDay, say: Say): string {
  return why === 'HELD'
    ? say({
        fr: 'La loi oblige à garder votre dossier d’élève pour le moment : il n’est pas effacé, et aucun jour n’est fixé.',
        en: 'The law requires that your student record be kept for now: it is not erased, and no day is set.',
      })
    : say({
        fr: 'L’effacement de votre dossier d’élève a commencé : il ne s’arrête plus, et s’achève dès que possible.',
        en: 'The erasure of your student record has begun: it can’t be stopped any more, and ends as soon as possible.',
      })
}

function ofRecord(day: RecordKept, say: Say): string {
  if (typeof day === 'object') return withoutDay(day, say)
  if (day === undefined)
    return say({
      fr: 'Votre dossier d’élève est gardé pendant votre scolarité, puis une année scolaire après celle de votre départ.',
      en: 'Your student record is kept while you are at school, and for a school year after that in which you leave.',
    })
  return say({
    fr: `Votre dossier d’élève est gardé jusqu’au ${say.day(day)}. Ensuite il est effacé, avec vos liens ; les fichiers de vos badges se vérifient encore.`,
    en: `Your student record is kept until ${say.day(day)}. Then it is erased, with your links; the files of your badges can still be verified.`,
  })
}

function ofAccount(day: string | undefined, say: Say): string {
  if (day === undefined)
    return say({
      fr: `Votre compte est gardé tant que vous avez ici une fonction, un engagement ou une période suivie, puis ${ADULTS.days} jours.`,
      en: `Your account is kept while you have a function, a commitment or a placement here, and for ${ADULTS.days} days after.`,
    })
  return say({
    fr: `Vous n’avez plus de fonction, d’engagement ni de période suivie ici : votre compte est gardé jusqu’au ${say.day(day)}. Ensuite votre nom, votre adresse et votre compte sont effacés.`,
    en: `You have no function, commitment or placement here any more: your account is kept until ${say.day(day)}. Then your name, address and account are erased.`,
  })
}
