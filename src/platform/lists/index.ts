export { chosenList, chosenOption, type ChosenList, type Wanted } from './chosen-list.ts'
export { ListPage } from './list-page.tsx'
export { isAmong, pageOf, pageRows, type Found } from './page-of.ts'
