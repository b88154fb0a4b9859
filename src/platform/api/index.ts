export { type Api, type ApiRoutes, createApi, postHeaders, problemResponses } from './create-api.ts'
export { ApiProblem, problemTypes } from './problem.ts'
