/** The address of a local review. Pages of its parts lie below it. */
export function pathOf(incidentId: string): string {
  return `/incidents/${incidentId}/local-review`
}
