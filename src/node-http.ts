/**
 * Node's own HTTP. Where it is imported, Node reads its every export, and three of those load a second client (undici), which takes longer than
 * all of the first: asked for by name, it comes alone.
 */
export const http = process.getBuiltinModule('node:http')
export const https = process.getBuiltinModule('node:https')
