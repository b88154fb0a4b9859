/** Where an incident lies: what row-level security needs to know of every row about it. */
export interface IncidentPlace {
  incidentId: string
  authorityCode: string
  partnershipCode: string
}

interface PlaceRow {
  incident_id: string
  authority_code: string
  partnership_code: string
}

/** The columns of a table that say so, to select. */
export function placeIn<T extends string>(table: T) {
  return [`${table}.incident_id`, `${table}.authority_code`, `${table}.partnership_code`] as const
}

export function placeFrom(row: PlaceRow): IncidentPlace {
  return { incidentId: row.incident_id, authorityCode: row.authority_code, partnershipCode: row.partnership_code }
}

export function columnsOf(place: IncidentPlace): PlaceRow {
  return {
    incident_id: place.incidentId,
    authority_code: place.authorityCode,
    partnership_code: place.partnershipCode,
  }
}
