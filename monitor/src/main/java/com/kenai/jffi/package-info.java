/** One class of jffi, in the place of its own. */
package com.kenai.jffi;
