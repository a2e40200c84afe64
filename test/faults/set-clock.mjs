// A command whose clock begins at NOW: what it is shown was made by that clock.
const Real = Date
const ahead = Real.parse(process.env.NOW) - Real.now()
globalThis.Date = class extends Real {
  constructor(...of) {
    super(...(of.length > 0 ? of : [Real.now() + ahead]))
  }
  static now() {
    return Real.now() + ahead
  }
}
