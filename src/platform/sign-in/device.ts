const browsers = [
  { name: 'Edge', mark: /\bEdgA?\// },
  { name: 'Opera', mark: /\bOPR\// },
  { name: 'Samsung Internet', mark: /\bSamsungBrowser\// },
  { name: 'Firefox', mark: /\b(Firefox|FxiOS)\// },
  { name: 'Chrome', mark: /\b(Chrome|CriOS)\// },
  { name: 'Safari', mark: /\bSafari\// },
]
const systems = [
  { name: 'Android', mark: /Android/ },
  { name: 'iPhone', mark: /iPhone/ },
  { name: 'iPad', mark: /iPad/ },
  { name: 'Windows', mark: /Windows/ },
  { name: 'Mac', mark: /Macintosh/ },
  { name: 'ChromeOS', mark: /CrOS/ },
  { name: 'Linux', mark: /Linux/ },
]

/** In words people know their device by: `Edge on Windows`. Edge and others call themselves Chrome too: order matters. */
export function deviceOf(userAgent: string | undefined): string {
  const nameIn = (list: typeof browsers) => list.find(({ mark }) => mark.test(userAgent ?? ''))?.name
  const browser = nameIn(browsers) ?? 'Unknown browser'
  const system = nameIn(systems)
  return system ? `${browser} on ${system}` : browser
}
