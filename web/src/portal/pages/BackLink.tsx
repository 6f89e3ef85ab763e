import { t } from '@lingui/core/macro';
import { ArrowLeft } from 'lucide-react';
import { Link } from 'wouter';
import styles from './BackLink.module.css';

/** From what is open to the list, where that does not stand beside it. */
export const BackLink = () => (
  <Link href="/" className={styles.back} aria-label={t`Back to the list`}>
    <ArrowLeft size={20} aria-hidden />
  </Link>
);
