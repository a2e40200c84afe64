import { create } from 'qrcode'

/** A text as a QR code of squares, black on the white of the paper, in points; the room around it is the page's. */
export function drawQr(
  doc: PDFKit.PDFDocument,
  text: string,
  { x, y, side }: Readonly<{ x: number; y: number; side: number }>,
): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const square = side / modules.size
  modules.data.forEach((dark, at) => {
    if (!dark) return
    // A little larger than their place, so that no hair of white is between two.
    doc.rect(
      x + (at % modules.size) * square,
      y + Math.floor(at / modules.size) * square,
      square * 1.02,
      square * 1.02,
    )
  })
  doc.fill('#000')
}
