/** What a right answer of one of the three servers says. */
module.exports = (body) => body.includes('"verdict":"valid"') || body.includes('"verified":true')
