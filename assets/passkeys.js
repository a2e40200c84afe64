/* Asks the device for a passkey when a form wants one, and sends what it answers with the form. */
{
  const toBytes = (text) =>
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
  const toText = (bytes) =>
    btoa(Array.from(new Uint8Array(bytes), (one) => String.fromCharCode(one)).join(''))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')
  const withBytes = (those) => those?.map((one) => ({ ...one, id: toBytes(one.id) }))

  /* By hand: not every browser that knows passkeys reads and writes them as JSON. */
  const create = async (options) => {
    const { rawId, response } = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        user: { ...options.user, id: toBytes(options.user.id) },
        excludeCredentials: withBytes(options.excludeCredentials),
      },
    })
    return [
      rawId,
      {
        clientDataJSON: toText(response.clientDataJSON),
        attestationObject: toText(response.attestationObject),
        transports: response.getTransports?.() ?? [],
      },
    ]
  }
  const get = async (options) => {
    const { rawId, response } = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        allowCredentials: withBytes(options.allowCredentials),
      },
    })
    return [
      rawId,
      {
        clientDataJSON: toText(response.clientDataJSON),
        authenticatorData: toText(response.authenticatorData),
        signature: toText(response.signature),
        ...(response.userHandle && { userHandle: toText(response.userHandle) }),
      },
    ]
  }

  const answerTo = async (options) => {
    const [rawId, response] = await (options.user ? create(options) : get(options))
    const id = toText(rawId)
    return JSON.stringify({ id, rawId: id, type: 'public-key', response })
  }

  const ask = async (place, form) => {
    const answer = await fetch(place.dataset.passkey, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ _csrf: form.elements.namedItem('_csrf')?.value }),
    })
    const told = await answer.json()
    if (answer.ok) return told
    if (told.type === '/problems/step-up-required') {
      location.assign(`/step-up?next=${encodeURIComponent(location.pathname)}`)
    }
    throw new Error(told.detail)
  }

  for (const place of document.querySelectorAll('[data-passkey]')) {
    if (!window.PublicKeyCredential) continue
    const form = place.querySelector('form')
    const field = form.elements.namedItem('webauthn')
    const button = form.querySelector('button')
    const said = place.querySelector('[role=status]')
    place.hidden = false
    for (const without of document.querySelectorAll('[data-without-passkey]')) without.hidden = true
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      button.disabled = true
      said.textContent = place.dataset.asking
      try {
        const options = await ask(place, form)
        field.value = await answerTo(options).catch(() => {
          throw new Error(place.dataset.failed)
        })
        form.submit()
      } catch (error) {
        said.textContent = error.message || place.dataset.failed
        button.disabled = false
        button.focus()
      }
    })
  }

  /* What a person had sent before they were asked who they are goes on by itself. */
  document.querySelector('[data-go-on] form')?.requestSubmit()
}
