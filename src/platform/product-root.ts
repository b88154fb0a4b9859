/** The product's own folder: what is compiled runs from `build/src/platform`, three levels below it. */
export const productRoot = new URL('../../../', import.meta.url)
