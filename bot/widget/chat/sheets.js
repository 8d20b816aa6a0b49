/** The widget's style sheets, in the order in which they are adopted; shared by all widgets of a page. */

import { cardSheet } from "./sheet-card.js";
import { evidenceSheet } from "./sheet-evidence.js";
import { frameSheet } from "./sheet-frame.js";
import { threadSheet } from "./sheet-thread.js";
import { titlecardSheet } from "./sheet-titlecard.js";

export const sheets = [frameSheet, threadSheet, cardSheet, evidenceSheet, titlecardSheet];
