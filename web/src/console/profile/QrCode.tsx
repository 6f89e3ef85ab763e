import { useEffect, useState } from 'react';
import styles from './SecondFactorSection.module.css';

const QUIET = 4; // modules of light around it, as the standard asks

/** Drawn as one path; its code is loaded when one is shown. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [rows, setRows] = useState<boolean[][] | null>(null);
  useEffect(() => {
    void import('qr').then(({ encodeQR }) => setRows(encodeQR(text, 'raw', { border: QUIET })));
  }, [text]);
  if (!rows) return <div className={styles.qr} />;
  const size = rows.length;
  const path = rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  return (
    <svg className={styles.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path.join('')} fill="currentColor" shapeRendering="crispEdges" />
    </svg>
  );
}
