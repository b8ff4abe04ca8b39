package io.conmonj.client.control;

import io.conmonj.client.model.CgroupManager;
import io.conmonj.schema.Conmon;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.capnproto.PrimitiveList;
import org.capnproto.StructList;
import org.capnproto.Text;
import org.capnproto.TextList;

/** Puts the types that several messages share into them. Empty collections stay absent. */
final class Messages {
  private Messages() {}

  static void texts(List<String> values, IntFunction<TextList.Builder> init) {
    if (!values.isEmpty()) {
      TextList.Builder list = init.apply(values.size());
      for (int i = 0; i < values.size(); i++) {
        list.set(i, new Text.Reader(values.get(i)));
      }
    }
  }

  static void paths(List<Path> values, IntFunction<TextList.Builder> init) {
    texts(values.stream().map(Path::toString).toList(), init);
  }

  static void map(
      Map<String, String> values,
      IntFunction<StructList.Builder<Conmon.TextTextMapEntry.Builder>> init) {
    if (!values.isEmpty()) {
      StructList.Builder<Conmon.TextTextMapEntry.Builder> list = init.apply(values.size());
      int i = 0;
      for (Map.Entry<String, String> entry : values.entrySet()) {
        Conmon.TextTextMapEntry.Builder item = list.get(i++);
        item.setKey(entry.getKey());
        item.setValue(entry.getValue());
      }
    }
  }

  static void numbers(List<Long> values, IntFunction<PrimitiveList.Long.Builder> init) {
    if (!values.isEmpty()) {
      PrimitiveList.Long.Builder list = init.apply(values.size());
      for (int i = 0; i < values.size(); i++) {
        list.set(i, values.get(i));
      }
    }
  }

  static void ids(List<Integer> values, IntFunction<PrimitiveList.Int.Builder> init) {
    if (!values.isEmpty()) {
      PrimitiveList.Int.Builder list = init.apply(values.size());
      for (int i = 0; i < values.size(); i++) {
        list.set(i, values.get(i));
      }
    }
  }

  static Conmon.CgroupManager cgroupManager(CgroupManager value) {
    return switch (value) {
      case SYSTEMD -> Conmon.CgroupManager.SYSTEMD;
      case CGROUPFS -> Conmon.CgroupManager.CGROUPFS;
    };
  }
}
