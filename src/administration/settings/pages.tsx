import { z } from 'zod'
import { page } from '../../web/page.js'
import { changeSetting, undoSetting } from './change-setting.js'
import { seeSetting, seeSettings } from './see-settings.js'
import { settingsHref, SettingPage, SettingsPage } from './views/settings.js'

const Text = z.string().max(1_000).optional()
const Version = z.coerce.number().int().min(0)
const SettingForm = z.discriminatedUnion('act', [
  z.object({ act: z.literal('set'), version: Version, value: Text, fr: Text, en: Text }),
  z.object({ act: z.literal('undo'), version: Version }),
])
const Id = z.string().max(64)

const servicePage = page({
  path: '/admin/settings',
  access: 'signed-in',
  async show(ctx, asked, actor) {
    return <SettingsPage asked={asked} seen={await seeSettings(ctx, actor, '')} />
  },
})

const schoolPage = page({
  path: '/schools/:id/settings',
  access: 'signed-in',
  params: z.object({ id: Id }),
  async show(ctx, asked, actor) {
    return <SettingsPage asked={asked} seen={await seeSettings(ctx, actor, asked.params.id)} />
  },
})

const settingPage = page({
  path: '/admin/settings/:key',
  access: 'signed-in',
  params: z.object({ key: Id }),
  form: SettingForm,
  async show(ctx, asked, actor) {
    const { key } = asked.params
    return <SettingPage asked={asked} seen={await seeSetting(ctx, actor, { key, scope: '' })} />
  },
  async submit(ctx, { params: { key }, form }, actor) {
    await take(ctx, actor, { key, scope: '' }, form)
    return { to: `/admin/settings/${key}`, notice: SAVED }
  },
})

const settingOfSchoolPage = page({
  path: '/schools/:id/settings/:key',
  access: 'signed-in',
  params: z.object({ id: Id, key: Id }),
  form: SettingForm,
  async show(ctx, asked, actor) {
    const { key, id: scope } = asked.params
    return <SettingPage asked={asked} seen={await seeSetting(ctx, actor, { key, scope })} />
  },
  async submit(ctx, { params: { id, key }, form }, actor) {
    await take(ctx, actor, { key, scope: id }, form)
    return { to: `${settingsHref({ publicId: id })}/${key}`, notice: SAVED }
  },
})

type Args = Parameters<typeof changeSetting>

async function take(
  ctx: Args[0],
  actor: Args[1],
  which: Readonly<{ key: string; scope: string }>,
  form: z.output<typeof SettingForm>,
): Promise<void> {
  const { version } = form
  if (form.act === 'undo') return undoSetting(ctx, actor, { ...which, version })
  const { value, fr, en } = form
  const typed = {
    ...(value !== undefined && { value }),
    ...(fr !== undefined && { fr }),
    ...(en !== undefined && { en }),
  }
  await changeSetting(ctx, actor, { ...which, version, typed })
}

export const settingPages = [servicePage, settingPage, schoolPage, settingOfSchoolPage]

const SAVED = { fr: 'Le réglage est enregistré.', en: 'The setting is saved.' }
