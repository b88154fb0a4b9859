export {
  type Api,
  type ApiRoutes,
  createApi,
  postHeaders,
  jsonAnswer,
  problemResponses,
  problemResponsesToAnybody,
} from './create-api.ts'
export { ApiProblem, problemTypes } from './problem.ts'
