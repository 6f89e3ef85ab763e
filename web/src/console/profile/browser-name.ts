/** The browser and the system of a user agent, by the names that people know; null when it is none of them. */
export function browserOf(userAgent: string | null): string | null {
  const nameOf = (names: [RegExp, string][]) => names.find(([mark]) => mark.test(userAgent ?? ''))?.[1];
  const browser = nameOf([
    [/YaBrowser/, 'Яндекс Браузер'],
    [/Edg(e|A|iOS)?\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox|FxiOS/, 'Firefox'],
    [/Chrom(e|ium)|CriOS/, 'Chrome'], // the ones above call themselves Chrome, too
    [/Safari/, 'Safari'],
  ]);
  const system = nameOf([
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/Linux|X11/, 'Linux'],
  ]);
  return [browser, system].filter(Boolean).join(', ') || null;
}
