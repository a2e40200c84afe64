/* Lays out the API document on /docs. It asks this address alone: no validator elsewhere. */
window.SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#docs',
  validatorUrl: null,
  deepLinking: false,
  defaultModelsExpandDepth: 0,
})
