/**
 * Node's own HTTP, loaded when it is asked for. Where it is imported, Node reads its every export, and three of those load a second client (undici),
 * which takes longer than all of the first: by name, it comes alone.
 */
export const nodeHttp = () => process.getBuiltinModule('node:http')
export const nodeHttps = () => process.getBuiltinModule('node:https')
