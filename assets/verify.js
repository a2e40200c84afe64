/* On /verify: a badge dropped anywhere in the form, and a QR code read by the camera where the
   browser can. Nothing here is needed: the field and the file button do without. */
{
  const field = document.querySelector('#field-badge')
  const form = field.form
  const file = form.querySelector('input[type=file]')

  form.addEventListener('dragover', (event) => {
    if (event.dataTransfer.types.includes('Files')) event.preventDefault()
  })
  form.addEventListener('drop', (event) => {
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    file.files = event.dataTransfer.files
    file.focus()
  })

  const camera = document.querySelector('[data-camera]')
  const [start, stop] = camera.querySelectorAll('button')
  const video = camera.querySelector('video')
  const said = camera.querySelector('[role=status]')
  let stream
  /* Told by what asked last: an answer of the camera to an earlier press counts no more. */
  let turn = 0

  const canRead = async () => {
    if (!('BarcodeDetector' in window) || !navigator.mediaDevices?.getUserMedia) return false
    return (await window.BarcodeDetector.getSupportedFormats()).includes('qr_code')
  }
  const say = (what) => {
    said.textContent = what ? camera.dataset[what] : ''
  }
  const end = (what) => {
    turn += 1
    for (const track of stream?.getTracks() ?? []) track.stop()
    stream = undefined
    video.srcObject = null
    video.hidden = stop.hidden = true
    start.hidden = false
    say(what)
  }
  const look = async (detector, mine) => {
    while (mine === turn) {
      const [found] = await detector.detect(video).catch(() => [])
      if (mine !== turn) return
      if (found?.rawValue) {
        field.value = found.rawValue
        end('found')
        form.requestSubmit()
        return
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }

  start.addEventListener('click', async () => {
    const mine = (turn += 1)
    say('asking')
    try {
      const opened = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: 'environment' },
      })
      stream = opened
      if (mine !== turn) return end()
      video.srcObject = opened
      video.hidden = stop.hidden = false
      start.hidden = true
      await video.play()
      stop.focus()
      say('looking')
      await look(new window.BarcodeDetector({ formats: ['qr_code'] }), mine)
    } catch (error) {
      end(error.name === 'NotAllowedError' ? 'refused' : 'failed')
    }
  })
  stop.addEventListener('click', () => {
    end('stopped')
    start.focus()
  })
  /* Nobody is filmed behind another tab, nor after the page is left. */
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && stream) end('stopped')
  })
  window.addEventListener('pagehide', () => end())

  canRead().then(
    (can) => {
      camera.hidden = !can
    },
    () => {},
  )
}
