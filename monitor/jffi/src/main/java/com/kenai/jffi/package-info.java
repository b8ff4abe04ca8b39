/** One class of jffi, in the place of its own, in the distribution alone. */
package com.kenai.jffi;
