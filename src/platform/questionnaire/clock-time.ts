/** `2:30pm` and `14.30` become `14:30`. What is no time stays as it is. */
export function twentyFourHours(text: string): string {
  const parts = /^(\d{1,2})(?:[:.](\d\d))? ?(am|pm)?$/i.exec(text)
  if (!parts || (!parts[2] && !parts[3])) return text
  const half = parts[3]?.toLowerCase()
  const hour = Number(parts[1])
  if (half && (hour < 1 || hour > 12)) return text
  const hours = half ? (hour % 12) + (half === 'pm' ? 12 : 0) : hour
  return `${String(hours).padStart(2, '0')}:${parts[2] ?? '00'}`
}

/** `14:30` becomes `2:30pm`: how people read it everywhere. What is no time stays as it is. */
export function twelveHours(time: string): string {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time)
  if (!parts) return time
  const hour = Number(parts[1])
  return `${hour % 12 || 12}:${parts[2]}${hour < 12 ? 'am' : 'pm'}`
}
