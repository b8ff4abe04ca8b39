package io.conmonj.monitor.state;

import java.util.ArrayList;
import java.util.List;
import org.capnproto.Text;
import org.capnproto.TextList;

/** Lists of texts in a state. */
public final class Texts {
  private Texts() {}

  /**
   * Fills a list of the state.
   *
   * @param to as long as the other
   */
  public static void set(TextList.Builder to, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      to.set(i, new Text.Reader(texts.get(i)));
    }
  }

  /** A list of the state. */
  public static List<String> of(TextList.Reader list) {
    List<String> texts = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      texts.add(list.get(i).toString());
    }
    return texts;
  }
}
